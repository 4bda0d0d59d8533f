"""The names of days in English, by how their date is known."""

BY_DATE = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "boxing day": (12, 26),
    "new year's eve": (12, 31), "new year's day": (1, 1), "valentine's day": (2, 14), "st. patrick's day": (3, 17),
    "st patrick's day": (3, 17), "halloween": (10, 31), "may day": (5, 1), "fourth of july": (7, 4),
    "international women's day": (3, 8), "human rights day": (12, 10), "bastille day": (7, 14),
    "veterans day": (11, 11), "armistice day": (11, 11), "juneteenth": (6, 19), "april fools' day": (4, 1),
    "earth day": (4, 22), "canada day": (7, 1), "australia day": (1, 26), "anzac day": (4, 25),
    "guy fawkes night": (11, 5), "bonfire night": (11, 5), "all saints' day": (11, 1), "groundhog day": (2, 2),
    "labour day": (5, 1), "epiphany": (1, 6), "world aids day": (12, 1), "all souls' day": (11, 2),
}  # fmt: skip
BY_EASTER = {
    "good friday": -2, "easter sunday": 0, "easter monday": 1, "easter": 0, "holy saturday": -1, "maundy thursday": -3,
    "palm sunday": -7, "ash wednesday": -46, "shrove tuesday": -47, "fat tuesday": -47, "mardi gras": -47,
    "pentecost": 49, "whit sunday": 49, "whit monday": 50, "ascension day": 39,
}  # fmt: skip
# The month, which weekday of it (-1: the last; 0 is Monday), and how many days after that.
BY_WEEKDAY = {
    "thanksgiving": (11, 4, 3, 0), "thanksgiving day": (11, 4, 3, 0), "black friday": (11, 4, 3, 1),
    "cyber monday": (11, 4, 3, 4), "labor day": (9, 1, 0, 0), "memorial day": (5, -1, 0, 0),
    "martin luther king jr. day": (1, 3, 0, 0), "martin luther king day": (1, 3, 0, 0), "mlk day": (1, 3, 0, 0),
    "presidents' day": (2, 3, 0, 0), "presidents day": (2, 3, 0, 0), "columbus day": (10, 2, 0, 0),
    "mother's day": (5, 2, 6, 0), "father's day": (6, 3, 6, 0), "remembrance sunday": (11, 2, 6, 0),
    "indigenous peoples' day": (10, 2, 0, 0),
}  # fmt: skip
# Days that are kept on other dates elsewhere, or that are more often a season.
OTHERWISE_ELSEWHERE = frozenset(
    (
        "christmas", "easter", "thanksgiving", "thanksgiving day", "mother's day", "father's day", "labour day",
        "memorial day", "pentecost", "epiphany",
    )
)  # fmt: skip
# Days whose name, without its year, may be that of something else.
DOUBTFUL = OTHERWISE_ELSEWHERE | {"black friday", "fat tuesday", "armistice day"}
NAMED_DATES = {
    "september 11 attacks": "2001-09-11", "september 11th attacks": "2001-09-11", "9/11": "2001-09-11",
    "sept. 11 attacks": "2001-09-11", "sept. 11 terrorist attacks": "2001-09-11",
    "september 11 terrorist attacks": "2001-09-11", "sept. 11 terror attacks": "2001-09-11",
}  # fmt: skip
