"""The day of `motcua tour`, in order: what a clerk does from the first key to the last."""

from __future__ import annotations

from desktop.cli import tour_after as after
from desktop.cli import tour_before as before
from desktop.cli import tour_hand_back as results
from desktop.cli import tour_hands as hands
from desktop.cli import tour_late as late
from desktop.cli import tour_life as lives
from desktop.cli import tour_lists as lists
from desktop.cli import tour_online as online
from desktop.cli import tour_papers as own
from desktop.cli import tour_receive as receive
from desktop.cli import tour_result as letters
from desktop.cli import tour_scan as papers
from desktop.cli import tour_sign as signing
from desktop.cli.tour_steps import Step

DAY: tuple[Step, ...] = (
    Step("welcome", "welcome", lists.welcome, short=True),
    Step("log-in", "login", lists.log_in, short=True),
    Step("days-before", "", before.days_before),
    Step("home-morning", "home", lists.home_morning),
    Step("receive-empty", "receive", receive.empty),
    Step("receive-birth", "receive", receive.birth, short=True),
    Step("receive-supplement", "receive", receive.missing),
    Step("receive-refusal", "receive", receive.refusal),
    Step("settings-paper", "settings", lists.settings_paper),
    Step("receive-certified", "receive", receive.certified),
    Step("settings-back", "settings", lists.settings_back),
    Step("receive-on-behalf", "receive", receive.on_behalf),
    Step("receive-scan", "receive", papers.stack),
    Step("receive-came-back", "receive", receive.came_back),
    Step("receive-declaration", "receive", own.declaration),
    Step("dossiers", "dossiers", lists.dossiers),
    Step("dossiers-reprint", "dossiers", lists.reprint),
    Step("dossiers-lists", "dossiers", own.lists),
    Step("scan", "", papers.afterwards),
    Step("sign", "", signing.sign),
    Step("life", "dossiers", lives.life),
    Step("rate", "dossiers", after.rate),
    Step("correct", "dossiers", after.correct),
    Step("hand-over", "dossiers", hands.hand_over),
    Step("hand-back", "handback", results.hand_back),
    Step("people", "people", lists.people),
    Step("change-clerk", "login", lists.change_clerk),
    Step("ratings", "", after.read),
    Step("leave-of-a-clerk", "settings", hands.leave),
    Step("templates", "", letters.templates),
    Step("result-letter", "dossiers", letters.letter),
    Step("people-import", "people", lists.people_import),
    Step("catalogue", "catalogue", lists.catalogue),
    Step("catalogue-import", "catalogue", lists.catalogue_import),
    Step("assisted", "receive", online.assisted),
    Step("portal", "", online.portal),
    Step("sheets", "settings", late.sheets),
    Step("late-entry", "", late.late),
    Step("take-over", "dossiers", late.take_over),
    Step("home", "home", lists.home),
    Step("palette", "home", lists.palette),
    Step("english", "", lists.english),
    Step("english-receive", "receive", lists.english_receive),
    Step("log-out", "login", lists.log_out),
    Step("leave", "login", lists.leave, short=True),
)
