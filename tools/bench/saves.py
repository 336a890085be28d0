#!/usr/bin/env python3
"""saves.py SITE VITRINE [N]: how long a save takes to show in `vitrine serve`, by kind of file.

SITE is a copy of a site of the yardstick's corpus (corpus.py writes it): files in it are saved N times each (100) and
put back. The page is asked for every 2 ms until it shows the change. Prints the distributions, in milliseconds.
"""
import http.client, os, pathlib, re, shutil, statistics, subprocess, sys, time

site, vitrine, n = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 100
themes = pathlib.Path(__file__).resolve().parents[2] / "themes/default"
port, conn = 18999, None


def get(url):
    global conn
    for _ in range(2):
        try:
            conn = conn or http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            conn.request("GET", url)
            r = conn.getresponse()
            return r.status, r.read()
        except (OSError, http.client.HTTPException):
            if conn:
                conn.close()
            conn = None
    return 0, b""


def measure(label, file, edit, url, n):
    before, times = file.read_text(encoding="utf-8"), []
    get(url)
    time.sleep(0.6)
    for i in range(n):
        mark = f"MARK{i}Z{time.monotonic_ns() % 10**6}"
        file.write_text(edit(before, mark), encoding="utf-8")
        start = time.monotonic()
        while mark.encode() not in get(url)[1]:
            if time.monotonic() - start > 30:
                sys.exit(f"{label}: never served")
            time.sleep(0.002)
        times.append((time.monotonic() - start) * 1000)
        time.sleep(0.25)
    file.write_text(before, encoding="utf-8")
    time.sleep(1)
    times.sort()
    print(f"{label:24} n={n}  median {statistics.median(times):.1f}  95 % {times[min(n - 1, int(0.95 * n))]:.1f}  longest {times[-1]:.1f} ms", flush=True)


own = site / "themes/default"
if own.exists():
    sys.exit(f"{own}: the site has a theme of its own")
for part in ("layouts/participant.html", "assets/site.css"):
    (own / part).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(themes / part, own / part)
server = subprocess.Popen([vitrine, "serve", "--site", str(site), "--addr", f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    stories = sorted((site / "content/engages/participants").glob("*.md"))
    story = stories[len(stories) // 2]
    page, deadline = f"/engages/commerces/{story.stem}/", time.monotonic() + 120
    while get(page)[0] != 200:
        if server.poll() is not None or time.monotonic() > deadline:
            sys.exit("the preview did not start")
        time.sleep(0.02)
    time.sleep(1)
    measure("a story", story, lambda s, m: f"{s}\n\n{m}\n", page, n)
    measure("a name, on a list", story, lambda s, m: re.sub(r'(?m)^(name\s*=\s*")', rf"\1AAA {m} ", s, count=1), "/engages/commerces/", n)
    measure("a layout", own / "layouts/participant.html", lambda s, m: s.replace("<h1", f"<b>{m}</b><h1", 1), page, n)
    measure("a style sheet", own / "assets/site.css", lambda s, m: f"{s}/*{m}*/", "/assets/site.css", n)
    measure("programme.toml", site / "data/programmes/engages/programme.toml", lambda s, m: re.sub(r'(?m)^(name = ")', rf"\1{m} ", s, count=1), "/engages/", max(2, n // 10))
finally:
    server.terminate()
    server.wait(10)
    shutil.rmtree(own)
    if not any(own.parent.iterdir()):
        own.parent.rmdir()
