"""Files that stand under their names once they are whole, and not before."""

from __future__ import annotations

import os
import secrets
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from lgbm.errors import ProfileError
from lgbm.messages import tables as say


@contextmanager
def whole_file(path: str | os.PathLike[str]) -> Generator[Path]:
    """A path to write to, in the folder of *path*. What was written comes to stand at *path* when all went well.

    Whatever happens meanwhile (an error, an interrupt, a full disk), *path* stays what it was, and nothing else is
    left. Raises `ProfileError` where it cannot be written.
    """
    target = Path(path)
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        if target.is_dir():
            raise IsADirectoryError(None, "it is a folder")
        part.touch(exist_ok=False)
        yield part
        _to_disk(part)
        part.replace(target)
    except OSError as problem:
        raise ProfileError([say.not_written(str(target), _why(problem))]) from problem
    finally:
        # A folder that has gone, or been closed to us meanwhile, must not hide what went wrong first.
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _to_disk(part: Path) -> None:
    """A name on the disk before its rows are there would be half a file, if the power failed."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def _why(problem: OSError) -> str:
    return problem.strerror or (str(problem).splitlines() or ["unknown reason"])[0]
