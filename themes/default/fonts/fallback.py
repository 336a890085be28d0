#!/usr/bin/env python3
"""Makes the faces that stand in where the theme's own lack a character, from the npm package source-sans
(whole TrueType files) and packages of @fontsource (woff2, cut by script). Needs fonttools and brotli.

    npm install source-sans @fontsource/noto-sans-hebrew @fontsource/noto-sans-arabic \
        @fontsource/noto-sans-symbols @fontsource/noto-sans-symbols-2
    python3 fallback.py node_modules

Each is cut down to what a name, an address or a sentence may hold. They are under the SIL Open Font
License; what was made of Source Sans bears another name, as its licence asks."""
import os, sys, tempfile
from fontTools.merge import Merger
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Subsetter, Options as SubsetOptions
from fontTools.ttLib import TTFont

src = sys.argv[1]
out = os.path.dirname(os.path.abspath(__file__))


def span(*pairs):
    return {c for a, b in pairs for c in range(a, b + 1)}


EUROPE = span((0x0041, 0x005A), (0x0061, 0x007A), (0x00C0, 0x00D6), (0x00D8, 0x00F6), (0x00F8, 0x00FF), (0x0102, 0x0103), (0x0110, 0x0111), (0x01A0, 0x01A1), (0x01AF, 0x01B0),
              (0x02D8, 0x02DB), (0x0300, 0x0338), (0x0370, 0x03FF), (0x0400, 0x045F), (0x0490, 0x0491), (0x04D8, 0x04D9), (0x04E8, 0x04E9), (0x1E00, 0x1EFF),
              (0x2010, 0x2044), (0x2070, 0x209F), (0x2100, 0x22FF), (0x25A0, 0x27FF), (0xFB00, 0xFB04))
LETTERS = EUROPE - span((0x0300, 0x0338), (0x2010, 0x206F), (0x2100, 0x27FF))  # a bold arrow is the regular one
HEBREW = span((0x05B0, 0x05F4), (0xFB1D, 0xFB4F), (0x200E, 0x200F))
ARABIC = span((0x0600, 0x0605), (0x060C, 0x061F), (0x0621, 0x065F), (0x0660, 0x0671), (0x067E, 0x067E), (0x0686, 0x0686),
              (0x0698, 0x0698), (0x06A4, 0x06A9), (0x06AF, 0x06AF), (0x06BA, 0x06C3), (0x06CC, 0x06D2), (0x06D4, 0x06D4), (0x06F0, 0x06F9), (0x200C, 0x200F))
SIGNS = span((0x2190, 0x2199), (0x21D0, 0x21D4), (0x25A0, 0x25FF), (0x2600, 0x260E), (0x2610, 0x2612), (0x2639, 0x263B), (0x2640, 0x2642),
             (0x2660, 0x266F), (0x267A, 0x267E), (0x2691, 0x2691), (0x2698, 0x26A1), (0x2702, 0x2709), (0x270C, 0x270F), (0x2713, 0x2718),
             (0x2733, 0x2734), (0x2740, 0x274B), (0x2756, 0x2756), (0x2764, 0x2767), (0x2776, 0x2793), (0x2794, 0x2794), (0x2799, 0x279C),
             (0x27A1, 0x27A4), (0x2B50, 0x2B50))
FACES = [
    # file, weight, family, style name, what it is made from: package, files, characters
    ("world-400", 400, "Vitrine Sans World", "Regular", [("source-sans", ("TTF/SourceSans3-@.ttf",), EUROPE)]),
    ("world-700", 700, "Vitrine Sans World", "Bold", [("source-sans", ("TTF/SourceSans3-@.ttf",), LETTERS)]),
    ("hebrew-400", 400, "Noto Sans Hebrew", "Regular", [("noto-sans-hebrew", ("hebrew",), HEBREW)]),
    ("hebrew-700", 700, "Noto Sans Hebrew", "Bold", [("noto-sans-hebrew", ("hebrew",), HEBREW)]),
    ("arabic-400", 400, "Noto Sans Arabic", "Regular", [("noto-sans-arabic", ("arabic",), ARABIC)]),
    ("symbols-400", 400, "Noto Sans Symbols", "Regular", [("noto-sans-symbols-2", ("symbols",), SIGNS), ("noto-sans-symbols", ("symbols",), SIGNS)]),
]

for file, weight, family, style_name, sources in FACES:
    parts, have = [], set()
    for package, scripts, wanted in sources:
        for script in scripts:
            name = f"files/{package}-{script}-{weight}-normal.woff2"
            if package == "source-sans":
                name = script.replace("@", style_name)
            font = TTFont(f"{src}/{package if package == 'source-sans' else '@fontsource/' + package}/{name}")
            keep = [c for c in font.getBestCmap() if c in wanted and c not in have]
            have.update(keep)
            options = SubsetOptions()
            options.layout_features = ["kern"] + ["ccmp", "mark", "mkmk"] * (weight == 400) if package == "source-sans" else ["ccmp", "kern", "mark", "mkmk", "rlig", "calt", "init", "medi", "fina", "isol", "rclt"]
            options.hinting = False
            options.notdef_outline = True
            options.drop_tables += ["BASE", "STAT", "DSIG", "GlyphOrder", "gasp"]
            sub = Subsetter(options)
            sub.populate(unicodes=keep)
            sub.subset(font)
            path = os.path.join(tempfile.gettempdir(), f"{file}-{package}-{len(parts)}.ttf")
            font.flavor = None
            font.save(path)
            parts.append(path)
    font = Merger().merge(parts) if len(parts) > 1 else TTFont(parts[0])
    for path in parts:
        os.remove(path)
    glyf, glyphset = font["glyf"], font.getGlyphSet()
    for name in font.getGlyphOrder():
        if glyf[name].isComposite():
            pen, rec = TTGlyphPen(glyphset), DecomposingRecordingPen(glyphset)
            glyphset[name].draw(rec)
            rec.replay(pen)
            glyf[name] = pen.glyph()
    names = {1: family, 2: style_name, 3: f"{family} {style_name}; Vitrine print", 4: f"{family} {style_name}",
             6: f"{family}-{style_name}".replace(" ", ""), 16: family, 17: style_name}
    table = font["name"]
    table.names = [n for n in table.names if n.nameID in (0, 5, 13, 14)]
    for key, value in names.items():
        table.setName(value, key, 3, 1, 0x409)
    if sources[0][0] == "source-sans":
        table.setName("Derived from Source Sans 3", 10, 3, 1, 0x409)
    table.setName("This Font Software is licensed under the SIL Open Font License, Version 1.1.", 13, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["head"].created = font["head"].modified = 3786912000  # fixed: the same bytes each time
    font.recalcTimestamp = False
    font.save(f"{out}/{file}.ttf")
    print(file, len(font.getGlyphOrder()), "glyphs", len(font.getBestCmap()), "characters", os.path.getsize(f"{out}/{file}.ttf"), "bytes")
