"""Putting the application together."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from flask import Flask
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from planner.domain.limits import UPLOAD_BYTES
from planner.domain.text import in_language
from planner.paths import ROOT
from planner.services.upkeep.settings import Settings, read_settings
from planner.web.account import account, auth, second, second_setup, users
from planner.web.api import views as api
from planner.web.catalogue import page as catalogue
from planner.web.catalogue import photo
from planner.web.editor import page as editor
from planner.web.editor import proposal, what_if
from planner.web.editor.fits import views as fits
from planner.web.editor.weather import page as rain_preview
from planner.web.frame import asked, errors, headers, i18n, limits, numbers, scripts
from planner.web.frame.context import Services
from planner.web.frame.gate import bodies, seen, texts
from planner.web.frame.gate import hosts as own_hosts
from planner.web.frame.watched import health, metrics
from planner.web.links import opened
from planner.web.live import by_link as live
from planner.web.live import desk as live_desk
from planner.web.live import driver as live_driver
from planner.web.live import marks as live_marks
from planner.web.paper import by_link, hosts, reach, site_page
from planner.web.paper import page as paper
from planner.web.participant import files, offline, rain, since
from planner.web.participant import page as participant
from planner.web.parties import page as parties
from planner.web.together import by_link as preview_link
from planner.web.together import comments, previews, reading, shares
from planner.web.together import templates as office_templates
from planner.web.town import line as sketch_line
from planner.web.town import page as town
from planner.web.trust import kept, office, personal, public
from planner.web.trust import log as audit_log
from planner.web.visits import attendees, driver, first, history, nav, preview, ready, sharing, start
from planner.web.visits import page as visits
from planner.web.visits.hosts import noting as host_notes
from planner.web.visits.hosts import page as visit_hosts
from planner.words.formats import iso_date_text, number_text

if TYPE_CHECKING:
    from collections.abc import Callable

COMPRESSED = [
    "text/html",
    "text/css",
    "text/javascript",
    "application/json",
    "application/geo+json",
    "application/gpx+xml",
    "application/vnd.google-earth.kml+xml",
    "text/calendar",
    "text/csv",
    "image/svg+xml",
]


def create_app(settings: Settings | None = None, *, now: Callable[[], int] | None = None) -> Flask:
    """Make the application; `now` replaces the clock in tests."""
    settings = settings or read_settings()
    app = Flask("planner", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=UPLOAD_BYTES,
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "planner" / "translations"),
        COMPRESS_MIMETYPES=COMPRESSED,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_options = {**app.jinja_options, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.filters.update(text=in_language, iso_date=iso_date_text, number=number_text)
    app.jinja_env.globals["address_of"] = asked.address_of
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    Services.install(app, settings, now).open()
    seen.install(app)
    metrics.install(app)
    own_hosts.install(app)
    numbers.install(app)
    i18n.install(app)
    headers.install(app)
    scripts.install(app, ROOT / "static")
    errors.install(app)
    texts.install(app)
    bodies.install(app)
    auth.install(app)
    opened.install(app)
    nav.install(app)
    sketch_line.install(app)
    Compress(app)
    auth.csrf.exempt(api.blueprint)
    budgets = {api.blueprint: limits.CHEAP, health.blueprint: limits.CHEAP}
    by_links = (
        participant.blueprint,
        files.blueprint,
        offline.blueprint,
        since.blueprint,
        rain.blueprint,
        by_link.blueprint,
        reach.blueprint,
        live.blueprint,
        live_marks.blueprint,
        live_driver.blueprint,
        site_page.blueprint,
        preview_link.blueprint,
    )
    budgets.update(dict.fromkeys(by_links, limits.BY_LINK))
    limits.install(app, budgets, polls=live.polls, is_on=settings.rate_limits, url=settings.limits_url)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(health.blueprint)
    for room in by_links:
        app.register_blueprint(room)
    app.register_blueprint(live.polls)
    app.register_blueprint(photo.pictures)
    app.register_blueprint(start.blueprint)
    app.register_blueprint(account.blueprint)
    app.register_blueprint(second.blueprint)
    app.register_blueprint(second_setup.blueprint)
    app.register_blueprint(users.blueprint)
    for desk in (
        catalogue,
        visits,
        editor,
        driver,
        fits,
        sharing,
        what_if,
        proposal,
        rain_preview,
        parties,
        paper,
        hosts,
        live_desk,
        visit_hosts,
        host_notes,
        attendees,
        ready,
        preview,
        history,
        first,
        comments,
        office_templates,
        previews,
        reading,
        shares,
        audit_log,
        personal,
        kept,
        office,
        public,
        town,
    ):
        app.register_blueprint(desk.blueprint)
    logging.getLogger("werkzeug").addFilter(headers.MaskTokens())
    return app
