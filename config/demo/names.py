"""Plainly invented names: birds, trees, weather and water."""

from random import Random


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FORENAMES = _words(
    """
    Rowan Hazel Wren Robin Ash Willow Linden Fern Ivy Heather Bryony Sorrel Tansy Clover Briar Juniper Laurel
    Olive Myrtle Poppy Daisy Violet Iris Lily Rose Jasmine Marigold Saffron Sage Basil Rosemary Thyme Bay
    Aster Primrose Cowslip Campion Teasel Yarrow Burdock Comfrey Betony Vervain Nettle Sedge Reed Rush Moss
    Lichen Bracken Heath Moor Fen Marsh Brook River Rill Beck Tarn Lake Pool Ford Delta Isla Skerry Cliff Dale
    Glen Vale Ridge Tor Peak Flint Slate Chert Garnet Opal Jet Amber Coral Pearl Beryl Ruby Jade Onyx Quartz
    Mica Copper Silver Sorley Merle Linnet Dunnock Siskin Serin Avocet Plover Teal Tern Merlin Kestrel Hobby
    Falcon Kite Harrier Osprey Heron Egret Crane Stork Swift Martin Lark Pipit Wagtail Phoebe Jay Rook Raven
    Corbin Dove Starling Finch Brambling Crossbill Warbler Whinchat Redstart Ouzel Fieldfare Nuthatch Alder
    Aspen Birch Cedar Cherry Elder Elm Holly Larch Maple Oakley Pine Poplar Spindle Sylvan Sycamore Thorn
    Walnut Yew Bramble Gorse Broom Ling Tamarisk Camellia Azalea Magnolia Lilac Peony Dahlia Zinnia Fennel
    Dill Caraway Cicely Angelica Senna Rue Misty Gale Breeze Storm Sunny Dawn Eve Twilight Summer Autumn
    Winter Frost Snow Rain Cloud Sky Star Luna Sol Comet Nova Aurora Zephyr
    """
)
_PLAIN = _words(
    """
    Heath Sparrow Heron Wren Finch Thrush Starling Swift Martin Nightingale Partridge Pheasant Quail Drake
    Mallard Gosling Cygnet Swan Dove Pigeon Rook Raven Crow Jackdaw Magpie Jay Kestrel Buzzard Osprey Harrier
    Bittern Curlew Lapwing Plover Dunlin Knot Turnstone Sanderling Puffin Guillemot Gannet Cormorant Fulmar
    Skua Petrel Tern Gull Ash Oak Elm Beech Birch Alder Hazel Holly Hornbeam Larch Lime Maple Pine Poplar
    Rowan Spruce Sycamore Walnut Willow Yew Hawthorn Blackthorn Bramble Bracken Gorse Heather Moss Fern Ivy
    Nettle Thistle Clover Vetch Sorrel Meadow Field Moor Fen Marsh Brook Beck Burn River Rill Pool Lake Mere
    Tarn Spring Well Ford Bridge Bank Cliff Crag Dale Dell Glade Grove Copse Spinney Wood Forest Hill Knoll
    Ridge Vale Valley Stone Flint Chalk Clay Sand
    """
)
_FIRST_PARTS = _words(
    """
    Acorn Alder Apple Ash Barley Beech Berry Birch Black Bracken Bramble Briar Bright Brook Broom Cherry Clay
    Clover Copper Corn Cold Crab Cuckoo Curlew Damson Deer Dove Eagle Elder Elm Falcon Fern Finch Flint Fox
    Frost Gold Gorse Green Grey Hare Hawk Hawthorn Hazel Heather Heron Holly Honey Ivy Juniper Kestrel Kite
    Lark Laurel Lily Lime Linnet Long Maple Martin Meadow Merle Mill Misty Moss Moor Nettle Nut Oak Orchard
    Otter Owl Pear Pine Plum Poplar Quail Quick Raven Red Reed Robin Rook Rose Rowan Rush Rye Sedge Shep
    Silver Sloe Snow Sorrel Sparrow Spring Starling Stone Summer Swan Swift Thistle Thorn Thrush Walnut Water
    Wheat White Wild Willow Wind Winter Wood Wren Yarrow Yew
    """
)
_LAST_PARTS = _words(
    """
    bank beck bourne bridge brook by combe cote cott croft dale dell den don edge field ford gate glade grove
    ham hill holm holt hurst land leigh ley lock low mead mere moor more mouth pool ridge shaw side stead
    stock stone thorpe thwaite ton vale ward water way well wick wood worth
    """
)

SETTING_STEMS = tuple(
    f"{first}{last}" for last in ("wick", "mere", "holt", "combe", "thorpe") for first in _FIRST_PARTS
)
"""Made-up places for the names of settings."""


def forename(random: Random) -> str:
    """A forename."""
    return FORENAMES[int(random.random() * len(FORENAMES))]


def surname(random: Random) -> str:
    """A surname: a plain nature word, or two parts of a made-up place."""
    draw = random.random()
    if draw < 0.3:
        return _PLAIN[int(draw / 0.3 * len(_PLAIN))]
    first = _FIRST_PARTS[int(random.random() * len(_FIRST_PARTS))]
    return first + _LAST_PARTS[int(random.random() * len(_LAST_PARTS))]
