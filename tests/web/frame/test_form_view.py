"""Forms as pages show them: what was typed, what does not fit, and what is never sent back."""

from __future__ import annotations

from typing import Annotated

from flask import Flask, render_template_string
from pydantic import AfterValidator

from planner.paths import ROOT
from planner.web.frame.form_base import Form
from planner.web.frame.form_view import Faults, FormView, Input, form_view, read_sent

HOSTILE = '<img src=x onerror="alert(1)">{{ 7 * 7 }}'
NAME = {"maxlength": 3, "required": True}


def _short(value: str) -> str:
    if len(value) > 3:
        raise ValueError("too long")
    return value


class Sample(Form):
    name: Annotated[
        str, Input("Name", attributes={"maxlength": 3, "required": True}), AfterValidator(_short)
    ] = ""
    secret: Annotated[str, Input("Secret", "password")] = ""
    note: Annotated[str, Input("Note", "textarea")] = ""
    kind: Annotated[str, Input("Kind", "select", choices=(("a", "First"), ("b", "Second")))] = "b"
    open: Annotated[bool, Input("Open", "checkbox")] = False


def shown(view: FormView, name: str) -> str:
    app = Flask("sample", template_folder=str(ROOT / "templates"))
    app.jinja_env.globals["csrf_token"] = lambda: ""
    with app.app_context():
        source = '{% from "shared/_forms.html" import field with context %}{{ field(one) }}'
        return render_template_string(source, one=view[name])


def test_a_form_is_read_or_its_faults_are() -> None:
    form = read_sent(Sample, {"name": "abc", "unknown": "x"})
    assert isinstance(form, Sample)
    assert (form.name, form.kind) == ("abc", "b")
    assert read_sent(Sample, {"name": "abcd"}) == Faults(name=("too long",))


def test_nothing_is_said_twice() -> None:
    faults = Faults()
    for sentence in ("one", "two", "one"):
        faults.add("name", sentence)
    assert faults == {"name": ("one", "two")}


def test_a_refused_form_shows_what_was_typed_and_why() -> None:
    view = form_view(Sample, {"name": HOSTILE}, Faults(name=("too <long>",)))
    html = shown(view, "name")
    assert view.is_wrong
    assert [one.name for one in view] == ["name", "secret", "note", "kind", "open"]
    assert "<img" not in html
    assert "&lt;img" in html
    assert "too &lt;long&gt;" in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="name-errors"' in html
    assert ' maxlength="3" name="name" required type="text"' in html


def test_a_password_never_comes_back() -> None:
    html = shown(form_view(Sample, {"secret": "lampa rower"}), "secret")
    assert "lampa" not in html
    assert 'type="password" value=""' in html


def test_controls_keep_what_was_chosen() -> None:
    view = form_view(Sample, {"note": "\nfirst <b>", "kind": "a", "open": True})
    assert "<textarea" in shown(view, "note")
    assert ">\n\nfirst &lt;b&gt;</textarea>" in shown(view, "note")
    assert '<option selected value="a">First</option><option value="b">' in shown(view, "kind")
    assert ' checked id="open" name="open" type="checkbox" value="y">' in shown(view, "open")
    assert not form_view(Sample, {}).is_wrong
