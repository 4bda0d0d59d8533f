"""Units of measure as English texts print them, with the unit as the desk writes it."""

_FORMS = {
    "km²": "square kilometers|square kilometres|square kilometer|square kilometre|sq km|sq. km|sqkm|km2|km²|square km"
    "|kilometers squared|kilometres squared|km squared",
    "square miles": "square miles|square mile|sq mi|sq miles|sq. miles",
    "m²": "square meters|square metres|square meter|square metre|sq m|sq. m|m2|m²|sqm"
    "|meters squared|metres squared|m squared",
    "square feet": "square feet|square foot|sq ft|sq. ft.|sq. ft",
    "ha": "hectares|hectare|ha",
    "acres": "acres|acre",
    "km": "kilometers|kilometres|kilometer|kilometre|km|kms",
    "miles": "miles|mile",
    "nautical miles": "nautical miles|nautical mile",
    "m": "meters|metres|meter|metre|m",
    "cm": "centimeters|centimetres|centimeter|centimetre|cm",
    "mm": "millimeters|millimetres|millimeter|millimetre|mm",
    "feet": "feet|foot|ft",
    "inches": "inches|inch",
    "yards": "yards|yard",
    "light-years": "light years|light-years",
    "t": "tons|tonnes|ton|tonne|t|metric tons|metric tonnes|metric ton",
    "kt": "kilotons|kilotonnes",
    "kg": "kilograms|kilogrammes|kilogram|kilogramme|kg|kgs|kilos|kilo",
    "g": "grams|grammes|gram|g",
    "mg": "milligrams|milligram|mg",
    "lb": "lbs|lb",
    "ounces": "ounces|ounce|oz",
    "m³": "cubic meters|cubic metres|cubic meter|cubic metre|m3|m³|meters cubed|metres cubed|m cubed",
    "cubic feet": "cubic feet|cubic foot",
    "km³": "cubic kilometers|cubic kilometres|km3|km³|kilometers cubed|kilometres cubed|km cubed",
    "l": "liters|litres|liter|litre",
    "ml": "milliliters|millilitres|ml",
    "gallons": "gallons|gallon",
    "barrels": "barrels|barrel",
    "barrels a day": "barrels a day|barrels per day|bpd",
    "bushels": "bushels|bushel",
    "W": "watts|watt",
    "kW": "kilowatts|kilowatt|kw",
    "MW": "megawatts|megawatt|mw",
    "GW": "gigawatts|gigawatt|gw",
    "kWh": "kilowatt hours|kilowatt-hours|kwh",
    "MWh": "megawatt hours|megawatt-hours|mwh",
    "GWh": "gigawatt hours|gigawatt-hours|gwh",
    "TWh": "terawatt hours|terawatt-hours|twh",
    "V": "volts|volt",
    "Hz": "hertz|hz",
    "MHz": "megahertz|mhz",
    "GHz": "gigahertz|ghz",
    "kB": "kilobytes|kb",
    "MB": "megabytes|mb",
    "GB": "gigabytes|gb",
    "TB": "terabytes|tb",
    "calories": "calories|kcal",
    "km/h": "kilometers per hour|kilometres per hour|kilometers an hour|kilometres an hour|km/h|kph|kmh|km per hour"
    "|km an hour|kmph",
    "mph": "miles per hour|miles an hour|mph",
    "km/s": "kilometers per second|kilometres per second|km/s",
    "m/s": "meters per second|metres per second|m/s",
    "knots": "knots",
    "°C": "degrees celsius|degrees centigrade|degree celsius|°c|℃|° c|degrees c",
    "°F": "degrees fahrenheit|°f|℉|degrees f",
    "degrees": "degrees",
    "%": "per cent|percent|%|pct|pct.|pc|percents|p.c.|٪",
    "percentage points": "percentage points|percentage point|percent points|pp|ppt",
    "basis points": "basis points|basis point|bps",
    "‰": "per mille|‰",
    "times": "times",
}  # fmt: skip
_TIMES = {
    "seconds": "seconds|second|secs|sec", "minutes": "minutes|minute|mins", "hours": "hours|hour|hrs",
    "days": "days|day", "nights": "nights|night", "weeks": "weeks|week", "months": "months|month",
    "years": "years|year|yrs", "decades": "decades|decade", "centuries": "centuries",
}  # fmt: skip
UNITS = {form: unit for table in (_FORMS, _TIMES) for unit, forms in table.items() for form in forms.split("|")}
TIMES = frozenset(_TIMES)
PERCENTS = frozenset(("%", "percentage points", "basis points", "‰"))
# In this case only, and touching the number.
LETTER_UNITS = {"C": "°C", "F": "°F", "in": "inches"}
# A smaller unit, the larger that it is added to, and how many of it make one.
SMALLER_UNITS = {
    "inches": ("feet", 12), "months": ("years", 12), "days": ("weeks", 7), "hours": ("days", 24),
    "minutes": ("hours", 60), "seconds": ("minutes", 60), "g": ("kg", 1000), "m": ("km", 1000), "cm": ("m", 100),
    "mm": ("cm", 10), "ounces": ("lb", 16), "kg": ("t", 1000), "cents": ("USD", 100), "pence": ("GBP", 100),
    "yards": ("miles", 1760),
}  # fmt: skip
