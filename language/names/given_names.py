"""Given names that are one name in several languages, and short forms; in the careful spelling of phonetics.py."""

_FORMS = """
vladimir volodimir uladzimir|piotr petro petr|aleksandr aleksander oleksandr aleksandar|mihail mihailo mihal
nikolai mikola|sergei serhi sergii sergi|dmitri dmitro|andrei andri andrii|evgeni evhen evgen|pavel pavlo
elena olena|alina olina|iosif iosef josef josif|grigori hrihori|igor ihor|oleg oleh|bogdan bohdan|gennadi hennadi
stefan stepan|viktor viktar|iuri iuri iri|ilia illia|iulia iulia julia|mohamed muhamad muhamed mohamad mamad
ahmad ahmed ahmet|husain husein hosein hosain|usain|iusuf iusef iosef|abdula abdala|iulian iulien
"""
_SHORT = """
vilam bil vil|josef joe|mi4ael maik|antoni toni|robert bob rob|james jim jimi jami|tomas tom|ri4ard dik rik|elizabet
liz bet|kataerina kate|edvard ted ed|teodore ted|aleksander aleks|aleksandr sa6a aleks|daniel dan dani|nikolas nik
benjamin ben|samuel sam|stefen stiv|dmitri dima|vladimir volodia vova|mihail mi6a|ivan vania|maria ma6a|steven stiv
andrev andi dru|kristofer kris|patrik pat|peter pete|gregori greg|donald don|ronald ron|kenet ken|lorens lari
timoti tim|jefri jef|matev mat|gerald jeri|deborah deb|suzan sue|margaret peg meg|katerine kate kati|viktoria viki
"""


def _groups(text: str) -> dict[str, set[int]]:
    """Each name -> the numbers of the groups it stands in."""
    found: dict[str, set[int]] = {}
    for number, group in enumerate(text.replace("\n", "|").split("|")):
        for name in group.split():
            found.setdefault(name, set()).add(number)
    return found


_GROUPS_OF_FORMS, _GROUPS_OF_SHORT_FORMS = _groups(_FORMS), _groups(_SHORT)


def is_one_name(name: str, other: str) -> bool:
    """Whether both are forms of one given name, as Vladimir and Volodymyr are."""
    return not _GROUPS_OF_FORMS.get(name, set()).isdisjoint(_GROUPS_OF_FORMS.get(other, ()))


def is_short_for(name: str, other: str) -> bool:
    """Whether one may be the short form of the other, as Bill is of William."""
    return not _GROUPS_OF_SHORT_FORMS.get(name, set()).isdisjoint(_GROUPS_OF_SHORT_FORMS.get(other, ()))


def forms_of(name: str) -> list[str]:
    """The other forms of a given name in several languages."""
    groups = _GROUPS_OF_FORMS.get(name, set())
    return sorted(form for form, numbers in _GROUPS_OF_FORMS.items() if form != name and not groups.isdisjoint(numbers))
