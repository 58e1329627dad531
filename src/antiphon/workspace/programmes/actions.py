"""Setting up programmes and asking questions."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from antiphon.platform import clock
from antiphon.platform.audit.meanwhile import check_unchanged
from antiphon.platform.audit.trail import record
from antiphon.platform.errors import NotValid, check_allowed, check_now
from antiphon.platform.vocabulary.queries import pack
from antiphon.platform.workspaces.models import Member
from antiphon.workspace.programmes import permissions, queries, rules
from antiphon.workspace.programmes.models import Programme, ProgrammeFunction, Question
from antiphon.workspace.programmes.rules import Kind


@transaction.atomic
def open_programme(
    *,
    by: Member,
    name: str,
    kind: Kind,
    stage: str,
    function: str,
    indication: str = "",
    sharing: Iterable[str] = (),
) -> Programme:
    """Open a programme: an asset or a disease area that patients will help to decide about."""
    check_allowed(permissions.may_edit(by), _("Only patient engagement leads set up programmes."))
    name, sharing = _checked_name(by, name), set(sharing)
    _check_codes(by, {("lifecycle_stages", stage), *(("functions", code) for code in {function, *sharing})})
    programme = Programme.objects.create(
        workspace_id=by.workspace_id,
        name=name,
        kind=kind,
        stage=stage,
        function=function,
        indication=indication,
    )
    _share(programme, sharing)
    changes = {"name": ("", name), "indication": ("", indication)}
    facts = {"kind": kind, "stage": stage, "function": function, "sharing": sorted(sharing)}
    record("programme.opened", programme, by=by, changes=changes, facts=facts)
    return programme


@transaction.atomic
def edit_programme(
    *,
    by: Member,
    programme: Programme,
    name: str,
    kind: Kind,
    stage: str,
    function: str,
    indication: str = "",
    sharing: Iterable[str] = (),
    version: int | None = None,
) -> Programme:
    """Change what a programme is called and where it stands."""
    check_allowed(permissions.may_edit(by), _("Only patient engagement leads change programmes."))
    programme = _held(by, programme)
    check_unchanged(programme, version, ["programme.edited"])
    name, sharing = _checked_name(by, name, but=programme), set(sharing)
    wanted = {("lifecycle_stages", stage), *(("functions", code) for code in {function, *sharing})}
    _check_codes(by, wanted - _codes_of(programme))
    new = {"name": name, "kind": kind, "stage": stage, "function": function, "indication": indication}
    changes = {field: (getattr(programme, field), value) for field, value in new.items()}
    for field, value in new.items():
        setattr(programme, field, value)
    programme.version += 1
    programme.save(update_fields=[*new, "version"])
    programme.sharing.all().delete()
    _share(programme, sharing)
    changed = {field: pair for field, pair in changes.items() if pair[0] != pair[1]}
    facts = {"sharing": sorted(sharing), "version": programme.version}
    record("programme.edited", programme, by=by, changes=changed, facts=facts)
    return programme


@transaction.atomic
def ask(
    *, by: Member, programme: Programme, text: str, decision_point: str, function: str, need: str = ""
) -> Question:
    """Ask a question on behalf of a function, at a decision point."""
    check_allowed(permissions.may_ask(by), _("Your role reads questions; it does not ask them."))
    if not rules.is_a_question(text):
        raise NotValid(_("Say the question in a sentence."), {"text": _("Write at least ten letters.")})
    about = {("needs", need)} if need else set()
    _check_codes(by, {("decision_points", decision_point), ("functions", function)} | about)
    question = Question.objects.create(
        workspace_id=by.workspace_id,
        programme=programme,
        text=text.strip(),
        decision_point=decision_point,
        function=function,
        need=need,
        asked_by=by,
    )
    facts = {"decision_point": decision_point, "function": function, "programme": str(programme.pk)}
    record("question.asked", question, by=by, changes={"text": ("", question.text)}, facts=facts)
    return question


@transaction.atomic
def withdraw_question(*, by: Member, question: Question) -> Question:
    """Take back a question that nobody has been asked yet."""
    check_allowed(permissions.may_ask(by), _("Your role reads questions; it does not ask them."))
    question = _held_question(by, question)
    check_now(question.withdrawn_at is None, _("This question was taken back already."))
    check_now(not question.asked_in.exists(), _("Patients were already asked this. It stays, with what they said."))
    question.withdrawn_at = clock.now()
    question.save(update_fields=["withdrawn_at"])
    record("question.withdrawn", question, by=by)
    return question


def _held(by: Member, programme: Programme) -> Programme:
    """The programme as it is now, held until this change is made."""
    current = Programme.objects.visible_to(by).select_for_update().filter(pk=programme.pk).first()
    if current is None:
        raise queries.NoSuchProgramme(programme.pk)
    return current


def _held_question(by: Member, question: Question) -> Question:
    current = Question.objects.visible_to(by).select_for_update().filter(pk=question.pk).first()
    if current is None:
        raise queries.NoSuchQuestion(question.pk)
    return current


def _checked_name(by: Member, name: str, but: Programme | None = None) -> str:
    """A name without spaces around it that no other programme has."""
    name = name.strip()
    if not name:
        raise NotValid(_("Give the programme a name."), {"name": _("Give the programme a name.")})
    same = Programme.objects.visible_to(by).filter(name__iexact=name)
    if same.exclude(pk=but.pk if but else None).exists():
        raise NotValid(_("There is a programme with this name already."), {"name": _("Choose another name.")})
    return name


FIELD_OF = {
    "decision_points": "decision_point",
    "functions": "function",
    "lifecycle_stages": "stage",
    "needs": "need",
}


def _codes_of(programme: Programme) -> set[tuple[str, str]]:
    """What was chosen when it was offered may stay."""
    shared = programme.sharing.values_list("function", flat=True)
    return {("lifecycle_stages", programme.stage), *(("functions", code) for code in {programme.function, *shared})}


def _check_codes(by: Member, codes: set[tuple[str, str]]) -> None:
    """Codes, each with its pack, are ones that the workspace offers."""
    for pack_id, code in sorted(codes):
        if not pack(by, pack_id).offers(code):
            raise NotValid(_("Choose one of the list."), {FIELD_OF[pack_id]: _("Choose one of the list.")})


def _share(programme: Programme, functions: Iterable[str]) -> None:
    ProgrammeFunction.objects.bulk_create(
        ProgrammeFunction(workspace_id=programme.workspace_id, programme=programme, function=function)
        for function in sorted(set(functions) - {programme.function})
    )
