"""What did the author write?  A scenario: checked, frozen, with its names still names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from game.rules.block import Block, Text
from game.rules.classes import dataclass, field
from game.rules.form import Form, spec
from game.rules.ledger import Mark
from game.rules.library import Citation, Claim, Term
from game.rules.logic import Expr


@dataclass(frozen=True, slots=True)
class Teaching:
    """What a teacher gets with an item."""

    note: Text | None = spec(Form.TEXT, "For the teacher.", None)
    questions: tuple[Text, ...] = spec(Form.TEXT, "Questions for the class.", (), many=True)


@dataclass(frozen=True, slots=True)
class Attachments:
    """What may stand on any item and never changes play."""

    sources: tuple[str, ...] = spec(Form.LINES, "Keys of the sources.", ())
    confidence: str = spec(Form.WORD, "How sure the history is.", "", choices=("", "high", "medium", "low"))
    dispute: Text | None = spec(Form.TEXT, "Where sources disagree, and what the game does.", None)
    claims: tuple[str, ...] = spec(Form.IDS, "Entries of the register of claims.", (), to="claim")
    teaching: Teaching | None = spec(Form.ITEM, "Note and questions.", None, of="Teaching")
    dossier: str = spec(Form.LINE, "Id in the historical dossier.", "")
    content_note: Text | None = spec(Form.TEXT, "A warning shown before the text.", None)
    toll: Text | None = spec(Form.TEXT, "What it cost in lives.", None)
    promises: tuple[tuple[str, str], ...] = spec(Form.PROMISES, "What the text leads one to expect.", ())
    rare: bool = spec(Form.YES, "Need not happen in a hundredth of any policy's games.", False)
    tags: tuple[str, ...] = spec(Form.LINES, "Words of your own that policies weigh it by.", ())


@dataclass(frozen=True, slots=True)
class Calendar:
    """The turns of a game."""

    start: str = spec(Form.STEP, "First turn.", key="from")
    end: str = spec(Form.STEP, "Last turn.", key="to")
    step: str = spec(Form.WORD, "Length of a turn.", "quarter", choices=("month", "quarter", "half", "year"))


@dataclass(frozen=True, slots=True)
class Track:
    """One of the two tracks of policy, and the role that holds it."""

    id: str
    label: Text = spec(Form.TEXT, "Its name.")
    means: Expr = spec(Form.AMOUNT, "This turn's purse.")
    known_to: str = spec(
        Form.WORD, "Who sees its causes.", "all", choices=("all", "narkomindel", "comintern", "nobody")
    )
    mark: Mark = field(kw_only=True)


FACTORS = ("security", "ideology", "economy", "others", "makers", "home")
"""What foreign policy is made of, by the six headings that the debrief sorts a game under."""
KNOWN_TO = ("all", "narkomindel", "comintern", "nobody")


@dataclass(frozen=True, slots=True)
class Variable:
    """A number, flag or word of the nation, or one for every country.

    Flags have bounds 0..1 and words 0..len(words)-1. `kind` is number, flag or word; `derived` holds the named
    expression of a variable that is never stored.
    """

    id: str
    kind: str  # number | flag | word; worked out from what is written
    start: int = spec(Form.VALUE, "Value at the start; must be written unless `is` is.", 0)
    low: int = spec(Form.NUMBER, "Smallest value.", 0, key="min")
    high: int = spec(Form.NUMBER, "Largest value; 100 for scores and countries.", 1_000_000, key="max")
    words: tuple[str, ...] = spec(Form.WORDS, "The words it may be, in order.", ())
    labels: tuple[tuple[str, Text], ...] = spec(Form.TEXT, "How each word is shown.", (), by_word=True)
    label: Text | None = spec(Form.TEXT, "How the variable is called on the screen.", None)
    text: Text | None = spec(Form.TEXT, "What it means, for the tooltip.", None)
    unit: Text | None = spec(Form.TEXT, "Its unit.", None)
    rank: int = spec(
        Form.NUMBER,
        "Its place, lowest first, among the values always in sight; 0 for none.",
        0,
        low=0,
        high=100,
    )
    factor: str = spec(
        Form.WORD, "Under which of the six headings of the debrief it belongs.", "", choices=("", *FACTORS)
    )
    derived: Expr | None = spec(
        Form.VALUE, "A named expression; such a variable is never stored.", None, key="is"
    )
    constant: bool = spec(Form.YES, "No effect may touch it.", False)
    set_by: str = spec(
        Form.WORD, "Which role sets it each turn.", "", choices=("", "narkomindel", "comintern", "both")
    )
    when: Expr | None = spec(Form.FLAG, "When a role may set it.", None)
    cost: tuple[tuple[str, Expr], ...] = spec(Form.AMOUNTS, "What a change by a role costs.", ())
    toward: Expr | None = spec(Form.VALUE, "The value it is pulled to each turn.", None)
    step: Expr | None = spec(Form.AMOUNT, "How far at most it is pulled each turn; 1 if left out.", None)
    because: Text | None = spec(Form.TEXT, "Why it is pulled, for the ledger.", None)
    known_to: str = spec(Form.WORD, "Who sees it.", "all", choices=KNOWN_TO)
    history: tuple[tuple[int, int], ...] = spec(
        Form.STARTS, "The real path, step to value, for the debrief.", ()
    )
    score: bool = False
    mark: Mark = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Country:
    """A country: its names, start values and own pulls."""

    id: str
    name: Text = spec(Form.TEXT, "Its name; may have grammatical cases by language.", cases=True)
    start: tuple[tuple[str, int], ...] = spec(
        Form.STARTS, "Start values that differ from the common ones.", ()
    )
    toward: tuple[tuple[str, Expr], ...] = spec(Form.AMOUNTS, "Own goals of pulls.", ())
    step: tuple[tuple[str, Expr], ...] = spec(Form.AMOUNTS, "Own speeds of pulls.", ())
    text: Text | None = spec(Form.TEXT, "About it, for the dossier.", None)
    cases: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()  # language -> case -> form
    attachments: Attachments = Attachments()
    mark: Mark = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may hold an office: a word variable whose word is this id."""

    id: str
    name: Text = spec(Form.TEXT, "Name.")
    life: str = spec(Form.LINE, "Years of birth and death.", "")
    text: Text | None = spec(Form.TEXT, "Who this was.", None)
    attachments: Attachments = Attachments()
    mark: Mark = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Modifier:
    """Adds to the cost of matching actions while its condition holds."""

    id: str
    when: Expr = spec(Form.FLAG, "While this holds; may name `target`.")
    track: str | None = spec(Form.NAME, "Only actions of this track.", None, to="track")
    orders: tuple[str, ...] = spec(Form.IDS, "Only these actions; all if left out.", (), to="order")
    cost: tuple[tuple[str, Expr], ...] = spec(Form.AMOUNTS, "What is added: means and national numbers.", ())
    because: Text | None = spec(Form.TEXT, "Shown on the action's card.", None)
    aimed: bool = False  # its condition names `target`
    attachments: Attachments = Attachments()
    mark: Mark = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that happens every turn at its stage."""

    id: str
    each: tuple[str, ...] = spec(Form.TARGETS, "One instance for each of these countries.", ())
    pick: Expr | None = spec(Form.AMOUNT, "One of the instances is drawn by these weights.", None)
    when: Expr | None = spec(Form.FLAG, "Only if this holds.", None)
    chance: Expr | None = spec(Form.AMOUNT, "Percent a turn; 100 if left out.", None)
    stage: int = spec(Form.NUMBER, "Place in the drift phase, 1 to 9.", 5, low=1, high=9)
    known_to: str = spec(Form.WORD, "Who may know this cause.", "all", choices=KNOWN_TO)
    label: Text | None = spec(Form.TEXT, "Its name.", None)
    block: Block = spec(Form.BLOCK, "What it changes.", Block())
    attachments: Attachments = Attachments()
    mark: Mark = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Action:
    """Something a role may order."""

    id: str
    track: str = spec(Form.NAME, "The track that gives it.", to="track")
    label: Text = spec(Form.TEXT, "Its name.")
    text: Text | None = spec(Form.TEXT, "What is done.", None)
    target: tuple[str, ...] = spec(Form.TARGETS, "The countries it can be aimed at; none if left out.", ())
    when: Expr | None = spec(Form.FLAG, "When it may be ordered.", None)
    cost: tuple[tuple[str, Expr], ...] = spec(Form.AMOUNTS, "What it costs: means and national numbers.", ())
    takes: int = spec(Form.NUMBER, "Turns until its results fall due.", 0, low=0, high=100)
    repeats: int = spec(
        Form.NUMBER, "Turns until it may be given again for the same target.", 1, low=1, high=10000
    )
    known_to: str = spec(
        Form.WORD, "Who may know this cause; that of its track if left out.", "", choices=("", *KNOWN_TO)
    )
    block: Block = spec(Form.BLOCK, "What it changes.", Block())
    attachments: Attachments = Attachments()
    mark: Mark = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to an event's question."""

    id: str
    label: Text = spec(Form.TEXT, "What it is called on the card.")
    text: Text | None = spec(Form.TEXT, "What is done.", None)
    when: Expr | None = spec(Form.FLAG, "When it can be taken.", None)
    historical: bool = spec(Form.YES, "What was really done.", False)
    promises: tuple[tuple[str, str], ...] = spec(Form.PROMISES, "What the text leads one to expect.", ())
    toll: Text | None = spec(Form.TEXT, "What it cost in lives.", None)
    dominated: str = spec(Form.LINE, "`on purpose` for a choice that no score favours.", "")
    tags: tuple[str, ...] = spec(Form.LINES, "Words of your own that policies weigh it by.", ())
    block: Block = spec(Form.BLOCK, "What it changes.", Block())
    mark: Mark = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens, tells, and may ask."""

    id: str
    title: Text | None = spec(Form.TEXT, "Headline.", None)
    style: str = spec(
        Form.WORD, "How it looks.", "report",
        choices=("telegram", "newspaper", "minutes", "letter", "report"),
    )  # fmt: skip
    place: str = spec(Form.LINE, "Where the dispatch comes from.", "")
    text: Text | None = spec(Form.TEXT, "What the player reads.", None)
    text_basic: Text | None = spec(Form.TEXT, "The same for easier reading.", None)
    when: Expr | None = spec(Form.FLAG, "It may happen only while this holds.", None)
    premise: Expr | None = spec(Form.FLAG, "What must be true for the text to make sense.", None)
    historically: str = spec(Form.DATE, "When it really happened.", "")
    window: str = spec(Form.WINDOW, "In which turns it may happen.", "")
    day: int | None = spec(Form.NUMBER, "Its day within the turn.", None, low=1, high=366)
    chance: Expr | None = spec(Form.AMOUNT, "Percent a turn; 100 if left out.", None)
    repeats: int = spec(
        Form.NUMBER, "May happen again after so many turns; once only if left out.", 0, low=1, high=10000
    )
    only_then: bool = spec(Form.YES, "It happens only when called by `then`.", False)
    difficulty: bool = spec(
        Form.YES, "Offered at the start of a game, to make it easier or harder; then it is what happens first.", False
    )  # fmt: skip
    each: tuple[str, ...] = spec(Form.TARGETS, "One instance for each of these countries.", ())
    pick: Expr | None = spec(Form.AMOUNT, "One of the instances is drawn by these weights.", None)
    asks: str = spec(Form.WORD, "The role that must choose.", "", choices=("", "narkomindel", "comintern"))
    always_asks: bool = spec(Form.YES, "It asks even when the turn has enough questions.", False)
    ask_reason: bool = spec(Form.YES, "The player is asked for a reason in one sentence.", False)
    known_to: str = spec(Form.WORD, "Who may know of it.", "all", choices=KNOWN_TO)
    choices: tuple[Choice, ...] = spec(Form.ITEMS, "The answers.", (), of="Choice")
    block: Block = spec(Form.BLOCK, "What it changes by happening.", Block())
    attachments: Attachments = Attachments()
    mark: Mark = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Directive:
    """What the Politburo asks for; one runs at a time for each track, and one without a track."""

    id: str
    label: Text = spec(Form.TEXT, "What is asked.")
    when: Expr | None = spec(Form.FLAG, "It may be set only if this holds.", None)
    weight: Expr | None = spec(Form.AMOUNT, "Its share in the draw; 100 if left out.", None)
    within: int = spec(Form.NUMBER, "Turns until it counts as missed.", 4, low=1, high=10000)
    note: Expr | None = spec(Form.AMOUNT, "A number remembered when it is set, read as `noted`.", None)
    goal: Expr = spec(Form.FLAG, "What must hold.")
    met: Block = spec(Form.ITEM, "What happens when it is met.", Block(), of="Block")
    missed: Block = spec(Form.ITEM, "What happens when it is missed.", Block(), of="Block")
    track: str = spec(Form.NAME, "The track it is for; one without a track runs beside them.", "", to="track")
    at_end: bool = spec(Form.YES, "Judged only when its time is up.", False)
    attachments: Attachments = Attachments()
    mark: Mark = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Milestone:
    """The first turn at whose close something held is kept."""

    id: str
    label: Text = spec(Form.TEXT, "Its name.")
    when: Expr = spec(Form.FLAG, "What must hold.")
    historically: str = spec(Form.DATE, "When it was really reached.", "")
    attachments: Attachments = Attachments()
    mark: Mark = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a game may end; the one without a condition ends it at the calendar's end."""

    id: str
    title: Text = spec(Form.TEXT, "Headline.")
    text: Text | None = spec(Form.TEXT, "What is told.", None)
    when: Expr | None = spec(Form.FLAG, "It ends the game when this holds at a close.", None)
    rank: int = spec(Form.NUMBER, "The lowest that holds ends the game.", low=1, high=10000)
    attachments: Attachments = Attachments()
    mark: Mark = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judgement about one thing when the game is over."""

    id: str
    about: str = spec(Form.NAME, "What it judges: a variable of the nation.")
    rank: int = spec(Form.NUMBER, "The lowest that holds is given.", low=1, high=10000)
    when: Expr | None = spec(Form.FLAG, "When it is deserved.", None)
    text: Text = spec(Form.TEXT, "What is told.")
    attachments: Attachments = Attachments()
    mark: Mark = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Foregone:
    """An event, or a milestone, that counts as having happened before the game began."""

    id: str
    on: str = spec(Form.STEP, "When.")
    choice: str | None = spec(Form.ID, "What was chosen.", None, to="choice")
    mark: Mark = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Scenario:
    """All of it. Every group is in order of id; mappings of names are sorted too."""

    id: str
    title: Text = spec(Form.TEXT, "Name of the scenario.")
    text: Text | None = spec(Form.TEXT, "A briefing.", None)
    language: str = spec(Form.LINE, "Language of the plain texts.", "en")
    authors: tuple[str, ...] = spec(Form.LINES, "Who wrote it.", ())
    licence: str = spec(Form.LINE, "Under which terms it may be shared.", "")
    minutes: int = spec(Form.NUMBER, "How long a class needs for it, in minutes.", 0, low=1, high=1000)
    teaching: Teaching | None = spec(
        Form.ITEM, "For the teacher: what it is about, and questions for afterwards.", None, of="Teaching"
    )
    calendar: Calendar = spec(Form.ITEM, "First turn, last turn, length of a turn.", of="Calendar")
    decisions: int = spec(Form.NUMBER, "Questions a role gets in a turn.", 4, low=0, high=100)
    tracks: tuple[Track, ...] = spec(Form.ITEMS_BY_ID, "The tracks of policy.", (), of="Track")
    variables: tuple[Variable, ...] = spec(Form.ITEMS_BY_ID, "One of each for the nation.", (), of="Variable")
    country_variables: tuple[Variable, ...] = spec(
        Form.ITEMS_BY_ID, "One of each for a country.", (), of="Variable"
    )
    countries: tuple[Country, ...] = spec(Form.ITEMS_BY_ID, "The countries.", (), of="Country")
    people: tuple[Person, ...] = spec(Form.ITEMS_BY_ID, "The people.", (), of="Person")
    modifiers: tuple[Modifier, ...] = spec(Form.ITEMS, "What changes the cost of orders.", (), of="Modifier")
    rules: tuple[Rule, ...] = spec(Form.ITEMS, "What happens every turn.", (), of="Rule")
    orders: tuple[Action, ...] = spec(Form.ITEMS, "What may be ordered.", (), of="Action")
    events: tuple[Event, ...] = spec(Form.ITEMS, "What happens.", (), of="Event")
    directives: tuple[Directive, ...] = spec(Form.ITEMS, "What the Politburo may ask.", (), of="Directive")
    milestones: tuple[Milestone, ...] = spec(Form.ITEMS, "What is worth remembering.", (), of="Milestone")
    endings: tuple[Ending, ...] = spec(Form.ITEMS, "How it may end.", (), of="Ending")
    verdicts: tuple[Verdict, ...] = spec(Form.ITEMS, "How it is judged.", (), of="Verdict")
    past: tuple[Foregone, ...] = spec(Form.ITEMS_BY_ID, "What had happened before.", (), of="Foregone")
    claims: tuple[Claim, ...] = spec(Form.ITEMS_BY_ID, "The register of claims.", (), of="Claim")
    glossary: tuple[Term, ...] = spec(Form.ITEMS_BY_ID, "The words explained.", (), of="Term")
    sources: tuple[Citation, ...] = spec(Form.ITEMS_BY_ID, "The works that items name.", (), of="Citation")
    languages: tuple[str, ...] = ("en",)
    extends: str = ""
    """The id of the scenario that it is laid over; empty if it stands on its own."""
    fingerprint: str = ""
    marks: Mapping[str, Mark] = field(default_factory=dict)

    def find(self, id: str) -> object:
        """The item with this id, of whatever group. Raises KeyError."""
        for group in (self.events, self.orders, self.rules, self.modifiers, self.directives, self.milestones,
                      self.endings, self.verdicts):  # fmt: skip
            for item in group:
                if item.id == id:
                    return item
        raise KeyError(id)

    def blocks(self) -> Iterator[Block]:
        """Every block of the scenario, those of results included."""
        for block in self._outer_blocks():
            yield block
            for result in block.results:
                yield result.block

    def _outer_blocks(self) -> Iterator[Block]:
        for event in self.events:
            yield event.block
            for choice in event.choices:
                yield choice.block
        for rule in self.rules:
            yield rule.block
        for action in self.orders:
            yield action.block
        for directive in self.directives:
            yield directive.met
            yield directive.missed
