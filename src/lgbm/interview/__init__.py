"""An interview: the next best question, for as long as an answer can still change anything."""

from lgbm.interview.answers import Answer
from lgbm.interview.asking import Interview
from lgbm.interview.beginning import begun, concerned, resumed
from lgbm.interview.learning import weights_from
from lgbm.interview.questions import Option, Question
from lgbm.interview.weights import Weights

__all__ = ["Answer", "Interview", "Option", "Question", "Weights", "begun", "concerned", "resumed", "weights_from"]
