"""What happens in the demonstration, as data. The comments are real; everything here is invented."""

from dataclasses import dataclass, field

from antiphon.platform.workspaces.roles import Role

WORKSPACE = "Hesperia Therapeutics"

# name, e-mail, role, function
PEOPLE = (
    ("Ana Ribeiro", "ana@hesperia.example", Role.PE_LEAD, "F_PE"),
    ("Ben Okafor", "ben@hesperia.example", Role.FUNCTION_PARTNER, "F_RD"),
    ("Sofia Lindqvist", "sofia@hesperia.example", Role.SAFETY_OFFICER, "F_PV"),
    ("Clara Weiss", "clara@hesperia.example", Role.COMPLIANCE, ""),
    ("Edward Hall", "edward@hesperia.example", Role.EXECUTIVE, "F_C"),
    ("Noor Haddad", "noor@hesperia.example", Role.ADMINISTRATOR, ""),
)

# text, decision point, function, need
QUESTIONS = (
    ("What makes the way to a visit hard?", "DP08", "F_RD", "N1.4"),
    ("How hard is it to get to the clinic, and who helps?", "DP08", "F_MED", "N1.4"),
    ("What do people need to know before a visit?", "DP10", "F_MED", "N3.4"),
    ("What would make you stay in a study for a year?", "DP13", "F_RD", "N4.3"),
    ("Which support beside the medicine is missing?", "DP32", "F_MED", "N2.1"),
)


@dataclass(frozen=True, slots=True)
class ToldInsight:
    """An insight of the story, and the comments that it rests on (by their number in comments.csv)."""

    statement: str
    strength: str
    needs: tuple[str, ...]
    points: tuple[str, ...]
    groups: tuple[str, ...]
    comments: tuple[int, ...]
    agreed: bool = True
    against: tuple[int, ...] = ()
    dissent: str = ""


@dataclass(frozen=True, slots=True)
class ToldDecision:
    """A decision of the story: what it weighs (by place in INSIGHTS), and how it ended, if it did."""

    question: str
    point: str
    function: str
    opened_days_ago: int
    due_in_days: int
    weighs: tuple[int, ...]
    settled: tuple[tuple[str, str], ...] = ()
    outcome: str = ""
    closed_days_ago: int | None = None
    options: tuple[str, ...] = field(default=())


INSIGHTS = (
    ToldInsight(
        "Not knowing when the transport comes is harder to bear than the wait itself.",
        "SEVERAL",
        ("N3.1", "N1.4.5"),
        ("DP08",),
        ("patient", "carer"),
        (3, 52, 56, 88),
    ),
    ToldInsight(
        "People who walk or stand with pain need help between the door and the seat, not only a ride.",
        "SEVERAL",
        ("N3.1", "N3.5"),
        ("DP08", "DP12"),
        ("patient",),
        (20, 14, 52, 98),
        against=(48,),
        dissent="Some were helped at every step and say so.",
    ),
    ToldInsight(
        "Travelling far for something small feels like not being thought of.",
        "SEVERAL",
        ("N1.4.5",),
        ("DP08",),
        ("patient",),
        (125, 132),
    ),
    ToldInsight(
        "Meeting somebody new each time means starting from the beginning.",
        "SINGLE",
        ("N3.2",),
        ("DP06",),
        ("patient",),
        (2,),
    ),
    ToldInsight(
        "A promise to call back that is not kept costs more trust than a long queue.",
        "SINGLE",
        ("N3.4",),
        ("DP10",),
        ("patient",),
        (29,),
        agreed=False,
    ),
)

DECISIONS = (
    ToldDecision(
        "How do people get to study visits?",
        "DP08",
        "F_RD",
        opened_days_ago=48,
        due_in_days=-30,
        weighs=(0, 1),
        options=(
            "Every visit at the clinic",
            "Two of six visits at home, a driver who waits for the other four",
        ),
        settled=(
            (
                "implemented",
                "People told us that waiting without news is the worst part. So every driver now sends a message "
                "thirty minutes before, and again on arrival.",
            ),
            (
                "partly_implemented",
                "Drivers now come to the door and help to the seat. We could not promise a second person in every "
                "car: the firms we work with do not have enough staff yet.",
            ),
        ),
        outcome="Two of six visits take place at home. For the other four a driver comes to the door, and sends a "
        "message thirty minutes before.",
        closed_days_ago=32,
    ),
    ToldDecision("Which visits are worth a long journey?", "DP08", "F_RD", 12, 9, weighs=(2,)),
    ToldDecision("Who stays with a person through the whole study?", "DP06", "F_RD", 40, -4, weighs=(3,)),
)

CHANGE = (
    "Visits 2 and 5 moved home; a message thirty minutes before each pick-up",
    "Protocol version 2.0, section 6.3, and the agreement with the transport firm of 20 October, annex B.",
)
NEXT_STEP = (
    "In March we will ask the first twenty people in the study whether this helped. You will hear what they say."
)
REPLIES = (
    ("YES", ""),
    ("YES", "Good to hear that someone read it. The message before the car comes is what I needed."),
    ("PARTLY", "The help at the door is good. But I cannot manage alone on the way back either."),
)
