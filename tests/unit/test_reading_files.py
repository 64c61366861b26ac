"""Files, folders and packaged taxonomies: what is found, what lies over what, and what is said when amiss."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from lgbm.errors import SourceError
from lgbm.model.concepts import Leaf
from lgbm.reading import load_taxonomy, read_text

PAGES = Path(__file__).parents[2] / "docs" / "reference" / "errors"


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def complaint(*paths: Path | str) -> str:
    with pytest.raises(SourceError) as error:
        load_taxonomy(*paths)
    return str(error.value)


def assert_on_page(code: str, said: str) -> None:
    assert f"```text\n{said}\n```" in (PAGES / f"{code}.md").read_text(encoding="utf-8")


def test_all_files_of_a_folder_are_one_taxonomy(tmp_path: Path) -> None:
    """Folders within it count; what begins with a dot, or ends otherwise, does not."""
    write(
        tmp_path,
        {
            "town/needs.yaml": "needs: {home: {label: A home}}",
            "town/later/services.yml": "services: {register: {label: Register, meets: home}}",
            "town/.hidden/x.yaml": "nonsense",
            "town/.x.yaml": "nonsense",
            "town/notes.txt": "nonsense",
        },
    )

    taxonomy = load_taxonomy(tmp_path / "town")

    assert (taxonomy.id, taxonomy.label) == ("town", {"en": "town"})
    assert taxonomy.services["register"].meets == ("home",)
    assert taxonomy.services["register"].span.place == "later/services.yml:1"


def test_a_file_is_a_taxonomy_too(tmp_path: Path) -> None:
    """Without a section `taxonomy`, it is called as its file is."""
    write(tmp_path, {"Our town.yaml": "\ufeffchannels: {web: {label: Web}}"})

    taxonomy = load_taxonomy(str(tmp_path / "Our town.yaml"))

    assert (taxonomy.id, taxonomy.label) == ("Our-town", {"en": "Our town"})


def test_a_packaged_taxonomy_has_a_name() -> None:
    """`uk` comes with the library."""
    assert load_taxonomy("uk").id == "uk"


def test_loading_nothing_is_a_mistake_in_the_program() -> None:
    """At least one path is needed."""
    with pytest.raises(TypeError, match="at least one path"):
        load_taxonomy()


LOWER = """\
taxonomy: {id: country, label: Country, leap_day_birthday: 28 February, jurisdiction: nation}
circumstances:
  nation: {label: Nation, type: choice, options: {here: Here, there: {en: There, cy: Yno}}}
services:
  register: {label: Register, eligibility: age >= 18, owner: Country, jurisdictions: here}
  permit: {label: Permit}
"""
UPPER = """\
taxonomy: {id: town, label: Town, extends: ../country}
circumstances:
  nation: {options: {there: {cy: Acw}, beyond: Beyond}}
services:
  register: {label: {cy: Cofrestr}, eligibility: age >= 16}
  permit: {status: withdrawn}
  parking: {label: Parking, jurisdictions: beyond}
"""


def test_a_layer_changes_items_field_by_field(tmp_path: Path) -> None:
    """Given fields take the place of those below; labels and options are merged; withdrawn items are gone."""
    write(tmp_path, {"country/all.yaml": LOWER, "town/all.yaml": UPPER})

    taxonomy = load_taxonomy(tmp_path / "town")

    register = taxonomy.services["register"]
    assert (taxonomy.id, taxonomy.layers) == ("town", ("country",))
    assert (taxonomy.leap_day_birthday, taxonomy.jurisdiction) == ("28 February", ("nation",))
    assert list(taxonomy.services) == ["register", "parking"]
    assert register.label == {"en": "Register", "cy": "Cofrestr"}
    assert isinstance(register.eligibility, Leaf)
    assert register.eligibility.when.text == "age >= 16"
    assert register.owner == "Country"
    assert taxonomy.circumstances["nation"].options == {
        "here": {"en": "Here"},
        "there": {"en": "There", "cy": "Acw"},
        "beyond": {"en": "Beyond"},
    }


def test_of_several_paths_a_later_one_lies_over_an_earlier(tmp_path: Path) -> None:
    """The same is said by giving both, without `extends`."""
    write(tmp_path, {"country/all.yaml": LOWER, "town/all.yaml": UPPER.replace(", extends: ../country", "")})

    taxonomy = load_taxonomy(tmp_path / "country", tmp_path / "town")

    assert (taxonomy.id, taxonomy.layers) == ("town", ("country",))
    assert taxonomy.services["register"].span.place == "town/all.yaml:5"


def test_a_layer_that_is_extended_twice_lies_there_once(tmp_path: Path) -> None:
    """Two layers may lie over the same third one."""
    write(
        tmp_path,
        {
            "a/x.yaml": "channels: {web: {label: Web}}",
            "b/x.yaml": "taxonomy: {id: b, label: B, extends: ../a}",
            "c/x.yaml": "taxonomy: {id: c, label: C, extends: [../a, ../b]}",
        },
    )

    assert load_taxonomy(tmp_path / "c").layers == ("a", "b")


def test_a_text_may_extend_a_packaged_taxonomy() -> None:
    """Places in the layers below are told apart by the name of their folder."""
    taxonomy = read_text("taxonomy: {id: town, label: Town, extends: uk}\nservices: {parking: {label: Parking}}")

    assert taxonomy.layers == ("uk",)
    assert taxonomy.services["parking"].span.place == "taxonomy.yaml:2"
    assert taxonomy.services["universal-credit"].span.place.startswith("uk/")


def test_bytes_that_are_no_utf8_are_pointed_at(tmp_path: Path) -> None:
    """The place is counted in characters, as everywhere."""
    write(tmp_path, {"taxonomy.yaml": b"notes: costs at most \xa35"})

    assert_on_page("Y101", complaint(tmp_path / "taxonomy.yaml"))


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    """Twenty megabytes are the limit."""
    write(tmp_path, {"taxonomy.yaml": b"#" * 20_000_001})

    assert_on_page("Y103", complaint(tmp_path / "taxonomy.yaml"))


def test_what_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The complaint shows the path as it was given."""
    monkeypatch.chdir(tmp_path)

    assert_on_page("Y114", complaint("taxonomies/uq"))


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A link to nothing is found in its folder, and cannot be opened."""
    (tmp_path / "town").mkdir()
    (tmp_path / "town" / "services.yaml").symlink_to(tmp_path / "gone")

    assert_on_page("Y115", complaint(tmp_path / "town"))


def test_a_folder_without_files_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty taxonomy is more likely a wrong path."""
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)

    assert_on_page("Y116", complaint("empty"))


def test_the_same_id_in_two_files_is_refused(tmp_path: Path) -> None:
    """Both places are named."""
    write(tmp_path, {"a.yaml": "channels: {web: {label: Web}}", "b.yaml": "channels: {web: {label: Online}}"})

    assert_on_page("T211", complaint(tmp_path))


def test_the_section_taxonomy_stands_in_one_file(tmp_path: Path) -> None:
    """Both places are named."""
    write(tmp_path, {"a.yaml": "taxonomy: {id: a, label: A}", "b.yaml": "taxonomy: {id: b, label: B}"})

    assert_on_page("T233", complaint(tmp_path))


def test_extends_in_a_circle_is_refused_with_its_path(tmp_path: Path) -> None:
    """A taxonomy cannot lie over itself."""
    write(
        tmp_path,
        {
            "a/taxonomy.yaml": "taxonomy: {id: a, label: A, extends: ../b}",
            "b/taxonomy.yaml": "taxonomy: {id: b, label: B, extends: ../a}",
        },
    )

    assert_on_page("T236", complaint(tmp_path / "a"))


def test_all_files_are_complained_of_at_once(tmp_path: Path) -> None:
    """In the order of files and lines."""
    write(tmp_path, {"b.yaml": "sevices: {}\nneads: {}", "a.yaml": "needs: {home: {lable: A home}}"})

    with pytest.raises(SourceError) as error:
        load_taxonomy(tmp_path)

    assert [(str(one.span), one.code) for one in error.value.diagnostics] == [
        ("a.yaml:1:9", "T204"),
        ("a.yaml:1:16", "T203"),
        ("b.yaml:1:1", "T202"),
        ("b.yaml:2:1", "T202"),
    ]
