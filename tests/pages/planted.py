"""A page with nothing wrong, and the same with one fault each: what checks have to find.

It is answered by a server of its own with the headers that every page has.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from api.middleware import with_headers
from api.settings import Settings
from tests.pages.county import answering, listening

ELSEWHERE = "http://127.0.0.2:9/seen.png"
"""An address of nobody, and not this server's."""
SOUND = """<!doctype html>
<html lang="sv"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Hel sida</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/sound.css"><script src="/sound.js" defer></script></head>
<body><header><p>Steget</p></header><main><h1>Hel sida</h1>
<p class="text">Text att läsa.</p>
<form method="get" action="/sound"><label>Namn <input name="name"></label>
<label>Ort <select name="town"><option>Nacka<option>Tyresö</select></label>
<label><input type="checkbox" name="now" value="yes"> Genast</label>
<fieldset><legend>Dag</legend><label><input type="radio" name="day" value="1"> Måndag</label>
<label><input type="radio" name="day" value="2"> Tisdag</label></fieldset>
<details><summary>Mer</summary><p>Dolda ord här.</p></details>
<button>Visa</button></form><p><a href="/other">Annan sida</a></p></main></body></html>
"""
STYLE = """body { color: #222; background: #fff; } a { color: #00f; }
input, select, button, summary, a { min-height: 24px; display: inline-block; }
@media (prefers-color-scheme: dark) {
  body { color: #eee; background: #111; } a { color: #9cf; } }
.pale { color: #ccc; background: #fff; } .wide { width: 900px; } .cut { overflow-x: clip; }
.moves { animation: moves 9s infinite; } @keyframes moves { to { opacity: .9; } }
.vague { background: linear-gradient(#fff, #777); } .bare:focus { outline: none; }
.lid { position: fixed; inset: 0; background: #fff; }
"""
SCRIPT = "if (document.querySelector('.throws')) throw new Error('planted');\n"
LAX = {"Content-Security-Policy": "default-src *"}
"""Where the policy is to let something through that would be stopped before it is asked for."""
KINDS = {"css": "text/css", "js": "text/javascript"}
TEXT = '<p class="text">Text att läsa.</p>'
BUTTON = "<button>Visa</button>"
FAULTS: Mapping[str, tuple[str, str, str]] = {
    "image-alt": (TEXT, '<img src="data:," width="30" height="30">', "axe image-alt"),
    "color-contrast": (TEXT, '<p class="pale">Blek text.</p>', "axe color-contrast"),
    "html-has-lang": ('<html lang="sv">', "<html>", "axe html-has-lang"),
    "language": ('<html lang="sv">', '<html lang="fi">', "language: fi"),
    "no-title": ("<title>Hel sida</title>", "<title> </title>", "title: none"),
    "two-headings": (TEXT, "<h1>En till</h1>", "headings: 2 h1"),
    "undecided": (
        TEXT,
        '<p class="vague">Text på en toning.</p>',
        "axe undecided color-contrast",
    ),
    "idle-form": (BUTTON, '<button type="button">Visa</button>', "form without a button"),
    "script-link": ("</form>", '</form><a href="#">Visa</a>', "link that needs a script"),
    "alike": ("</form>", '</form><a href="/sound">Annan sida</a>', "links called alike"),
    "moving": (TEXT, '<p class="moves">Rör sig.</p>', "moving: 1"),
    "throws": (TEXT, '<p class="throws">Kastar.</p>', "error: planted"),
    "inline-script": (TEXT, "<script>document.title = 1</script>", "console: "),
    "inline-style": (TEXT, '<p style="color: red">Stil.</p>', "console: "),
    "third-party": (TEXT, f'<img alt="" src="{ELSEWHERE}">', f"elsewhere: {ELSEWHERE}"),
    "missing-file": (TEXT, '<img alt="Bild" src="/missing.png">', "status: 404"),
    "wide": (TEXT, '<p class="wide">Bred text.</p>', "overflow"),
    "cut": (TEXT, '<div class="cut"><p class="wide">Bred.</p></div>', "overflow"),
    "heavy": ("/sound.css", "/heavy.css", "weight: "),
}
"""By name: what is replaced in the sound page, by what, and how the finding begins."""

LINK = '<a href="/other">'
FOR_THE_KEYBOARD: Mapping[str, tuple[str, str]] = {
    "focus-not-shown": (LINK, '<a class="bare" href="/other">'),
    "focus-covered": ("</main>", '</main><p class="lid">Lock.</p>'),
    "out-of-order": (LINK, '<a tabindex="-1" href="/other">'),
}
"""The same for somebody with a keyboard: what is replaced, and by what."""


def _page(request: Request) -> Response:
    name = request.path_params["name"]
    if name in {"sound", "other"}:
        return HTMLResponse(SOUND)
    if name == "away":
        return RedirectResponse("/sound", 303)
    if name not in FAULTS and name not in FOR_THE_KEYBOARD:
        return HTMLResponse(SOUND, 404)
    old, new = {**FAULTS, **FOR_THE_KEYBOARD}[name][:2]
    return HTMLResponse(SOUND.replace(old, new), headers=LAX if name == "third-party" else None)


def _file(request: Request) -> Response:
    kind = request.path_params["kind"]
    heavy = request.path_params["name"] == "heavy"
    if kind not in KINDS:
        return Response(status_code=404)
    text = STYLE + heavy * ("/* heavy */\n" * 9000) if kind == "css" else SCRIPT
    return Response(text, media_type=KINDS[kind])


@contextmanager
def planted() -> Iterator[str]:
    """The address of the server."""
    routes = [Route("/{name}.{kind}", _file), Route("/{name}", _page)]
    with listening() as (listener, base):
        settings = Settings(secret="s" * 40, public_url=base, _env_file=None)
        with answering(with_headers(Starlette(routes=routes), settings), listener):
            yield base
