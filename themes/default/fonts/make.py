#!/usr/bin/env python3
"""Makes the print fonts of the default theme from the npm packages @fontsource/young-serif and
@fontsource/source-sans-3 (woff2, cut by script). Needs fonttools and brotli.

    npm install @fontsource/young-serif @fontsource/source-sans-3
    python3 make.py node_modules/@fontsource

Print wants one TrueType file per style: the Latin and Latin-Extended files are merged (the kerning of
both is kept), the characters French typography needs and the packages leave out are added (narrow
no-break space, no-break hyphen, modifier apostrophe), screen hints go. "Source" is a reserved name of
the original, so the changed files carry another one, as its licence asks."""
import os, sys, tempfile
from fontTools.merge import Merger
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Subsetter, Options as SubsetOptions
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

src = sys.argv[1]
out = os.path.dirname(os.path.abspath(__file__))
FACES = [
    # file, package, weight, style, family, style name
    ("title-400", "young-serif", 400, "normal", "Young Serif", "Regular"),
    ("text-400", "source-sans-3", 400, "normal", "Vitrine Sans", "Regular"),
    ("text-400-italic", "source-sans-3", 400, "italic", "Vitrine Sans", "Italic"),
    ("text-600", "source-sans-3", 600, "normal", "Vitrine Sans", "SemiBold"),
    ("text-700", "source-sans-3", 700, "normal", "Vitrine Sans", "Bold"),
]
ALIAS = {0x2011: 0x2D, 0x2010: 0x2D, 0x02BC: 0x2019}  # drawn like the right-hand one


def strip(path):
    font = TTFont(path)
    for tag in ("fpgm", "cvt ", "prep", "gasp", "BASE", "STAT", "DSIG", "GlyphOrder"):
        if tag in font:
            del font[tag]
    for name in font["glyf"].keys():
        glyph = font["glyf"][name]
        if hasattr(glyph, "program"):
            del glyph.program
        glyph.removeHinting()
    return font


for file, package, weight, style, family, style_name in FACES:
    parts = []
    for script in ("latin", "latin-ext"):
        font = strip(f"{src}/{package}/files/{package}-{script}-{weight}-{style}.woff2")
        if script == "latin-ext":
            # what the first file draws already keeps its glyph, features and kerning
            have = TTFont(parts[0]).getBestCmap()
            keep = [c for c in font.getBestCmap() if c not in have]
            options = SubsetOptions()
            options.layout_features = ["*"]
            options.notdef_outline = True
            sub = Subsetter(options)
            sub.populate(unicodes=keep)
            sub.subset(font)
        path = os.path.join(tempfile.gettempdir(), f"{file}-{script}.ttf")
        font.flavor = None
        font.save(path)
        parts.append(path)
    font = Merger().merge(parts)
    for path in parts:
        os.remove(path)
    cmap = font.getBestCmap()
    glyf, hmtx = font["glyf"], font["hmtx"]
    space = cmap[0x20]
    narrow = "uni202F"
    font.setGlyphOrder(font.getGlyphOrder() + [narrow])
    glyf[narrow] = Glyph()
    glyf[narrow].numberOfContours = 0
    hmtx[narrow] = (round(hmtx[space][0] * 0.7), 0)
    for table in font["cmap"].tables:
        if not table.isUnicode():
            continue
        table.cmap[0x202F] = narrow
        table.cmap.setdefault(0xA0, space)
        for new, like in ALIAS.items():
            if like in cmap:
                table.cmap.setdefault(new, cmap[like])
    # composites become plain outlines: every consumer subsets them alike
    glyphset = font.getGlyphSet()
    for name in font.getGlyphOrder():
        if glyf[name].isComposite():
            pen = TTGlyphPen(glyphset)
            rec = DecomposingRecordingPen(glyphset)
            glyphset[name].draw(rec)
            rec.replay(pen)
            glyf[name] = pen.glyph()
    names = {1: family, 2: style_name, 3: f"{family} {style_name}; Vitrine print", 4: f"{family} {style_name}",
             6: f"{family}-{style_name}".replace(" ", ""), 16: family, 17: style_name}
    table = font["name"]
    table.names = [n for n in table.names if n.nameID in (0, 5, 13, 14)]
    for key, value in names.items():
        table.setName(value, key, 3, 1, 0x409)
    if package == "source-sans-3":
        table.setName("Derived from Source Sans 3", 10, 3, 1, 0x409)
    table.setName("This Font Software is licensed under the SIL Open Font License, Version 1.1.", 13, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["head"].created = font["head"].modified = 3786912000  # fixed: the same bytes each time
    font.recalcTimestamp = False
    font.save(f"{out}/{file}.ttf")
    print(file, len(font.getGlyphOrder()), "glyphs", os.path.getsize(f"{out}/{file}.ttf"), "bytes")
