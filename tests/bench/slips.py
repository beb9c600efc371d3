"""How well and how fast misspelt searches and keystrokes are met: `python -m tests.bench.slips INDEX`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import click

from index.analysis.stemming import stem
from index.request import Request
from tests.bench.timing import Spread, spread, timed
from tests.engines import Snapshot, open_engine

__all__ = ["main", "misspelt"]

_FOUND = 3
"""Passages up to which a misspelling is one: what is found more often, the collection itself writes so."""

_MISSPELT = """
    acheive:achieve accomodate:accommodate accomodation:accommodation adress:address agression:aggression
    aparthied:apartheid apparant:apparent appartheid:apartheid arguement:argument asembly:assembly
    asilum:asylum asistance:assistance assembley:assembly assistence:assistance asylem:asylum
    begining:beginning beleive:believe bondige:bondage buisness:business bussiness:business
    childern:children collegue:colleague comission:commission comitee:committee comittee:committee
    commitee:committee committe:committee concious:conscious convinction:conviction cooporation:cooperation
    coperation:cooperation corperation:cooperation coruption:corruption councel:council criminl:criminal
    definately:definitely disarmement:disarmament dissapear:disappear enviroment:environment
    existance:existence explotation:exploitation exploitaton:exploitation exploytation:exploitation
    extraditon:extradition extradtion:extradition extridition:extradition familar:familiar foriegn:foreign
    forsed:forced foward:forward freind:friend futher:further gaurd:guard governmet:government
    goverment:government goverments:governments happend:happened harrassment:harassment
    humanitarien:humanitarian identificaton:identification immediatly:immediately immigraton:immigration
    independant:independent interupt:interrupt investigaton:investigation jurisdicton:jurisdiction
    knowlege:knowledge laber:labour labur:labour legislaton:legislation legistlation:legislation
    liason:liaison migrent:migrant millenium:millennium mutal:mutual mutaul:mutual necesary:necessary
    neccessary:necessary noticable:noticeable nucular:nuclear ocasion:occasion occassion:occasion
    occurence:occurrence organisaton:organisation orginized:organized palestinean:palestinian
    paralel:parallel parlament:parliament parliment:parliament peice:piece penelties:penalties
    persistant:persistent politican:politician posession:possession prefered:preferred princple:principle
    propoganda:propaganda prosecusion:prosecution prosecuton:prosecution prostitusion:prostitution
    protecion:protection protction:protection protectoin:protection ratificaton:ratification
    reccomend:recommend recieve:receive recomend:recommend refered:referred refugge:refugee
    rehabilitaton:rehabilitation reintergration:reintegration religous:religious rember:remember
    repatration:repatriation repatriaton:repatriation resistence:resistance rythm:rhythm secuirty:security
    sence:sense seperate:separate sercurity:security sieze:seize slavary:slavery slavry:slavery
    smugglng:smuggling smugling:smuggling soverignty:sovereignty sucessful:successful succesful:successful
    suprise:surprise tendancy:tendency terorism:terrorism terrorsim:terrorism threshhold:threshold
    tommorow:tomorrow tounge:tongue traffiking:trafficking traficking:trafficking trafikking:trafficking
    transational:transnational transnationl:transnational truely:truly unforseen:unforeseen untill:until
    vicitm:victim victem:victim victm:victim victum:victim vitcim:victim vulnerble:vulnerable
    vunerable:vulnerable whereever:wherever wich:which wictim:victim xtradition:extradition
"""

_TYPED = ("extradition", "human trafficking", "victim protection", "mutual legal assistance", "labour law")


def misspelt(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Misspellings that are all but absent from the collection, each with the word, which is not."""
    for pair in _MISSPELT.split():
        wrong, _, right = pair.partition(":")
        as_typed = snapshot.search(Request(wrong, expand=False)).total
        if as_typed <= _FOUND and snapshot.search(Request(right)).total > _FOUND:
            yield wrong, right


def _corrections(snapshot: Snapshot) -> Iterator[str]:
    pairs = list(misspelt(snapshot))
    found = [timed(partial(snapshot.search, Request(wrong))) for wrong, _ in pairs]
    offered = [[stem(each) for each in results.suggestions] for results, _ in found]
    meant = [stem(right) for _, right in pairs]
    places = [each.index(word) for each, word in zip(offered, meant, strict=True) if word in each]
    yield f"misspelt words: {len(pairs)}, the word meant first: {places.count(0)}, second: {places.count(1)}"
    yield f"a search for one, with what it suggests: {_said([seconds for _, seconds in found])}"


def _completions(snapshot: Snapshot) -> Iterator[str]:
    keys = [text[:end] for text in _TYPED for end in range(2, len(text) + 1)]
    gathering = timed(lambda: snapshot.complete("ab"))[1]
    yield f"the first completion of all, which gathers what there is: {gathering * 1000:.0f} ms"
    for name in ("first time", "again"):
        yield f"a key, {name}: {_said([timed(partial(snapshot.complete, key))[1] for key in keys])}"


def _said(taken: Sequence[float]) -> str:
    found: Spread = spread([seconds * 1000 for seconds in taken])
    return f"{found.p50:.2f} ms (p50), {found.p95:.2f} (p95), {found.max:.2f} (slowest)"


@click.command()
@click.argument("index", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(index: Path) -> None:
    """Say how misspelt searches and keys are met by the index in the folder INDEX."""
    snapshot = open_engine(index).snapshot()
    snapshot.search(Request("xyzzy"))  # loads what the first misspelling would load for all others
    for line in (*_corrections(snapshot), *_completions(snapshot)):
        click.echo(line)


if __name__ == "__main__":
    main()
