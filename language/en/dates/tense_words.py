"""English verbs and what stands before them, by the time that they tell of."""

IRREGULAR_PAST = frozenset(
    """
    was were had did went came said told took gave got made met left held began broke brought built bought caught chose
    cut did drew drove ate fell felt fought found flew forgot froze grew heard hid hit hurt kept knew laid led lost
    meant paid put ran rang read rose sank sat saw sold sent shook shot showed shut slept spent spoke split spread stood
    stole struck swept swore taught thought threw tore understood undertook underwent withdrew withstood woke won wore
    wrote wound became bid bled blew burst clung dealt dug fled flung forbade forgave lay lent lit overcame overthrew
    rode sang sought shrank slid sought spun sprang strode strove swam swung wept wrung bore beat bent bit bound bred
    ceased quit resigned died upheld foresaw mistook oversaw partook redid retook rewrote shed sped stuck undid
    """.split()
)
# Participles of irregular verbs: past after "was" or "has", and without a helping verb too ("the aid sent Monday").
PARTICIPLES = frozenset(
    """
    been gone come taken given gotten made met left held begun broken brought built bought caught chosen drawn driven
    eaten fallen fought found flown forgotten frozen grown heard hidden hit kept known laid led lost paid put run risen
    seen sold sent shaken shot shown shut spoken spent stolen struck sworn taught thrown torn won worn written done
    """.split()
)
NO_VERBS_IN_ED = frozenset(
    """
    hundred need red bed indeed speed seed feed weed breed shed sacred wicked naked so-called united armed led aged
    kindred embed exceed proceed succeed united biped moped infrared
    """.split()
)
NAMES_LIKE_VERBS = frozenset(("May", "Will", "March", "Mark", "Grant", "Hope", "Rose"))
# Helping verbs after which a verb tells of what is to come, or may.
FUTURE_HELPERS = frozenset("will shall won't won’t 'll ’ll".split())
OPEN_HELPERS = frozenset("would may might could should can must cannot couldn't wouldn't shouldn't ought".split())
PRESENT_BE = frozenset("is are am 's ’s 're ’re isn't aren't isn’t aren’t remains remain".split())
PAST_BE = frozenset("was were wasn't weren't wasn’t weren’t been being".split())
HAVE = frozenset("has have had 've ’ve hasn't haven't hadn't".split())
# What a plan is called, before "to" or before a date.
PLANNED = frozenset(
    """
    scheduled planned expected due set slated booked poised billed ready likely tipped supposed scheduled earmarked
    bound pencilled penciled
    """.split()
)
PLANS = frozenset(
    """
    plans plan planning hopes hope hoping intends intend intending wants want wanting aims aim aiming seeks promises
    promise vows vow pledges pledge threatens threaten prepares prepare preparing expects expect expecting agrees agree
    urges urge calls call demands
    """.split()
)
PROMISED = frozenset(
    """
    planned hoped intended wanted aimed promised vowed pledged threatened prepared expected agreed urged called demanded
    proposed invited scheduled set asked summoned delayed postponed adjourned rescheduled ordered announced decided
    """.split()
)
# What is done to an event that has not yet been: its day may be to come ("The march on Saturday was banned").
CALLED_OFF = frozenset(
    """
    cancelled canceled banned postponed delayed announced suspended prohibited forbidden approved moved rescheduled
    confirmed promised called planned scheduled set agreed expected
    """.split()
)
# Verbs of timetables: in the present, with a day, they tell of what is to come ("Voting begins Friday").
TIMETABLE = frozenset(
    """
    begins begin starts start opens open reopens reopen ends end closes close meets meet votes vote goes go comes come
    arrives arrive leaves leave returns return faces face takes take holds hold visits visit expires expire airs air
    premieres premiere launches launch hosts host plays play resumes resume convenes convene kicks kick travels travel
    heads head rules decides decide releases release publishes publish sits sit gathers gather joins join departs depart
    concludes conclude finishes finish lands land flies fly elects elect hears hear reconvenes reconvene retires retire
    welcomes debuts debut turns runs stages competes testifies testify appears addresses speaks celebrates marks mark
    """.split()
)
NEGATION_AND_ADVERBS = frozenset(
    """
    not never also still already only then later again now just first officially formally finally likely probably soon
    be have been being to
    """.split()
)
# After "to", where no verb follows ("spoke to the press").
NEVER_VERBS = frozenset(
    """
    the a an this that these those his her its their our my your some any each every all both more most such other
    people prison jail parliament court work school office power life death me him us them it
    """.split()
)
# Right before a date: what is to come, or may be.
AHEAD_OF_IT = (
    r"\b(?:ahead of|in time for|in the run-up to|deadline of|deadline is|no later than|effective|upcoming|forthcoming)"
    r"\s(?:the\s|next\s)?$"
)
BY_IT = r"\b(?:(?:un)?til|by|before)\s(?:the\s)?$"
SET_FOR_IT = r"\bfor\s(?:the\s|next\s|this\s)?$"
