"""The page that plays a lesson, in a browser: it shows what the lesson says, to everybody, and quickly."""

import html

import pytest
from drawing.pictures import HOSTILE
from stepping import lessons

from autograd_lite.stepping.page import page_of

UNKNOWN = "·"

STATE = """() => ({
    cards: [...document.querySelectorAll(".card")].map((card) => ({
        value: [...card.querySelectorAll("text[data-part=value]")].map((text) => text.textContent),
        gradient: [...card.querySelectorAll("text[data-part=gradient]")].map((text) => text.textContent),
        classes: [...card.classList], label: card.getAttribute("aria-label")})),
    rows: Object.fromEntries([...document.querySelectorAll("tr[data-card]")].map((row) =>
        [row.dataset.card, [row.children[2].textContent, row.children[3].textContent]])),
    title: document.querySelector(".step.current h2").textContent,
    shown: [...document.querySelectorAll(".step")].filter((step) => step.offsetParent).length,
    lines: [...document.querySelectorAll("#code li")].flatMap((line, k) => line.matches(".here") ? [k] : []),
    chips: [...document.querySelectorAll("g.slope:not(.later)")].map((chip) => Number(chip.dataset.item.slice(1))),
    flows: document.querySelectorAll(".stream").length,
    where: document.getElementById("where").textContent,
})"""

CONTRAST = """() => {
    // The colour behind a text: the grounds of all ancestors, and in a picture of the shapes drawn below it.
    const parse = (text) => { const n = text.match(/[\\d.]+/g).map(Number);
        const scale = text.startsWith("color(") ? 255 : 1;
        return {rgb: n.slice(0, 3).map((x) => x * scale), a: n.length > 3 ? n[3] : 1}; };
    const over = (top, below) => below.map((x, i) => top.a * top.rgb[i] + (1 - top.a) * x);
    const light = (rgb) => rgb.map((x) => x / 255).map((x) => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4)
        .reduce((sum, x, i) => sum + x * [0.2126, 0.7152, 0.0722][i], 0);
    const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
    const ground = (element) => {
        const layers = [];
        for (let e = element; e; e = e.parentElement) {
            const c = getComputedStyle(e).backgroundColor;
            if (c !== "rgba(0, 0, 0, 0)") layers.push(parse(c));
        }
        return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
    };
    const inPicture = (text) => {
        const box = text.getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + box.height / 2;
        let found = ground(text.closest("svg"));
        for (const shape of text.closest("svg").querySelectorAll("rect")) {
            if (!(shape.compareDocumentPosition(text) & 4)) continue;
            const style = getComputedStyle(shape), r = shape.getBoundingClientRect();
            if (style.fill === "none" || style.visibility === "hidden") continue;
            if (r.x <= x && x <= r.right && r.y <= y && y <= r.bottom) {
                const fill = parse(style.fill);
                fill.a *= Number(style.opacity);
                found = over(fill, found);
            }
        }
        return found;
    };
    const bad = []; let count = 0;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const e = node.parentElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
        if (!node.textContent.trim() || !box.width || style.visibility === "hidden") continue;
        if (e.closest("script, style, title, desc, option, noscript, .unseen")) continue;
        let faded = 1;
        for (let a = e; a; a = a.parentElement) faded *= Number(getComputedStyle(a).opacity);
        const picture = e.closest("svg:not(.heat)");
        const below = picture ? inPicture(e) : ground(e);
        const colour = parse(picture ? style.fill : style.color);
        colour.a *= faded;
        const found = ratio(over(colour, below), below);
        count++;
        if (found < 4.5) bad.push(`${e.tagName} ${e.getAttribute("class")} ${node.textContent}: ${found.toFixed(2)}`);
    }
    return {bad, count};
}"""


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """From the name of a lesson to the lesson and the file of its page."""
    folder, made = tmp_path_factory.mktemp("pages"), {}

    def save(name):
        if name not in made:
            lesson = getattr(lessons, name)()
            path = folder / f"{name}.html"
            path.write_text(page_of(lesson, engine="built-in"), encoding="utf-8")
            made[name] = lesson, path
        return made[name]

    return save


@pytest.fixture
def opened(saved, visit):
    """From the name of a lesson (and a fragment) to the lesson and its page in a browser that moves nothing."""

    def opened(name="neuron", fragment="", **context):
        lesson, path = saved(name)
        return lesson, visit(path, fragment, **({"reduced_motion": "reduce"} | context)).page

    return opened


def wait(page, step):
    page.locator("#where", has_text=f"Step {step} of").wait_for(state="attached")


def reach(page, step):
    page.evaluate(f"location.hash = 'step={step}'")
    wait(page, step)


def known(lesson, step):
    """What the changes up to a step say: for each card its rows of the value, and of the gradient."""
    found = {}
    for played in lesson.steps[: step + 1]:
        for change in played.changes:
            found[change.card, change.what] = list(change.rows)
    return found


def check(lesson, state, step):
    """The page shows that step, and every number that is known then, and no other."""
    played, numbers = lesson.steps[step], known(lesson, step)
    assert state["where"] == f"Step {step + 1} of {len(lesson.steps)}"
    assert (state["title"], state["shown"], state["lines"]) == (played.title, 1, list(played.lines))
    assert state["flows"] == len(played.arrows)
    ever = known(lesson, len(lesson.steps))
    for i, card in enumerate(state["cards"]):
        for what in ("value", "gradient"):
            if (i, what) in ever and card[what]:
                rows = numbers.get((i, what), [UNKNOWN] * 9)
                assert card[what] == rows[: len(card[what])], (step, i, what)
        assert ("waits" in card["classes"]) == ((i, "value") in ever and (i, "value") not in numbers)
        assert ("target" in card["classes"]) == (i in played.targets)
        assert ("source" in card["classes"]) == (i in played.sources)
    used = {k for other in lesson.steps[: step + 1] if other.phase == "backward" for k in other.arrows}
    assert set(state["chips"]) <= used
    for i, row in state["rows"].items():
        for text, what in zip(row, ("value", "gradient"), strict=True):
            if (int(i), what) in ever:
                assert text.split(" ")[0] == numbers.get((int(i), what), [UNKNOWN])[0].split(" ")[0]


@pytest.mark.parametrize("name", ["neuron", pytest.param("arrays", marks=pytest.mark.slow)])
def test_the_page_shows_the_numbers_of_each_step_forwards_and_backwards(opened, name):
    lesson, page = opened(name)
    for step in range(len(lesson.steps)):
        check(lesson, page.evaluate(STATE), step)
        page.keyboard.press("ArrowRight")
    for step in reversed(range(0, len(lesson.steps) - 1, 3)):
        reach(page, step + 1)
        check(lesson, page.evaluate(STATE), step)


def where(page):
    return int(page.text_content("#where").split()[1])


def test_keys_buttons_dots_and_cards_go_to_steps(opened):
    lesson, page = opened()
    last = len(lesson.steps)
    for key, step in (("ArrowLeft", 1), ("ArrowRight", 2), ("End", last), ("ArrowRight", last), ("Home", 1)):
        page.keyboard.press(key)
        assert where(page) == step, key
    for button, step in (("#next", 2), ("#next", 3), ("#back", 2), ("#last", last), ("#first", 1), ("#back", 1)):
        page.click(button, force=True)  # also one that says that it is switched off
        assert where(page) == step, button
    page.click(".dot >> nth=6")
    assert where(page) == 7
    assert page.locator("[aria-current=step]").count() == 1
    assert page.get_attribute(".dot >> nth=6", "aria-current") == "step"
    page.keyboard.press("Home")
    page.locator("[data-item=n2]").click()
    assert 2 in lesson.steps[where(page) - 1].targets
    before = where(page)
    page.locator("[data-item=n2]").press("Enter")
    assert where(page) > before
    assert 2 in lesson.steps[where(page) - 1].targets


@pytest.mark.slow
def test_space_plays_and_stops_at_the_end(opened):
    lesson, page = opened()
    page.select_option("#speed", "4")
    page.evaluate("document.activeElement.blur()")
    reach(page, len(lesson.steps) - 1)
    page.keyboard.press(" ")
    assert page.get_attribute("#play", "aria-label") == "Pause"
    page.locator("#play[aria-label=Play]").wait_for()
    assert where(page) == len(lesson.steps)
    page.keyboard.press(" ")
    assert where(page) == 1
    page.keyboard.press(" ")
    assert page.get_attribute("#play", "aria-label") == "Play"


def test_keys_stay_with_the_control_that_needs_them(opened):
    _, page = opened()
    page.focus("#speed")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("d")
    assert where(page) == 1
    assert page.get_attribute("html", "data-theme") is None
    page.focus("summary")
    page.keyboard.press(" ")
    assert page.get_attribute("#play", "aria-label") == "Play"
    assert not page.locator(".numbers > details").evaluate("(details) => details.open")
    page.focus("#next")
    page.keyboard.press(" ")
    assert where(page) == 2
    page.keyboard.press("Control+ArrowRight")
    assert where(page) == 2


def test_the_address_follows_the_step_and_the_theme(opened):
    _, page = opened("neuron", "step=8&theme=dark")
    length = page.evaluate("history.length")
    assert where(page) == 8
    assert page.get_attribute("html", "data-theme") == "dark"
    page.keyboard.press("ArrowRight")
    assert page.url.endswith("#step=9&theme=dark")
    page.keyboard.press("D")
    assert page.url.endswith("#step=9&theme=light")
    assert page.evaluate("history.length") == length


NOTHING_SAID = ["step=0", "step=-3", "step=1e9", "step=x&theme=blue", "%", "<script>", "step=", "a=b"]


@pytest.mark.slow
def test_a_fragment_that_says_nothing_is_harmless(opened):
    _, page = opened("neuron", NOTHING_SAID[0])
    for fragment in NOTHING_SAID:
        page.evaluate("(fragment) => { location.hash = fragment; }", fragment)
        wait(page, 1)
        assert page.get_attribute("html", "data-theme") is None
        reach(page, 5)


@pytest.mark.slow
def test_a_step_beyond_the_last_is_the_last(opened):
    lesson, page = opened("neuron", "step=99999")
    assert where(page) == len(lesson.steps)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["neuron", pytest.param("arrays", marks=pytest.mark.slow)])
def test_every_text_can_be_read_on_its_ground(opened, name, theme):
    lesson, page = opened(name, color_scheme=theme)
    for step in (1, 3, len(lesson.steps) // 2 + 2, len(lesson.steps)):
        reach(page, step)
        found = page.evaluate(CONTRAST)
        assert not found["bad"], step
        assert found["count"] > 80


@pytest.mark.slow
def test_the_theme_is_that_of_the_reader_until_it_is_turned(opened):
    _, page = opened(color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    page.keyboard.press("d")
    light = page.evaluate(ground)
    assert (dark, light) == ("rgb(18, 21, 28)", "rgb(251, 251, 253)")
    page.click("#theme")
    assert page.evaluate(ground) == dark


UNNAMED = """[...document.querySelectorAll("button, select, input, [tabindex], svg:not([aria-hidden])")]
    .filter((e) => !(e.getAttribute("aria-label") || e.textContent.trim())).map((e) => e.outerHTML)"""


def test_those_who_cannot_see_it_hear_the_step_and_the_cards(opened):
    lesson, page = opened("neuron", "step=2")
    said = page.locator("[aria-live=polite]").text_content()
    assert said.startswith("Step 2 of")
    assert lesson.steps[1].title in said
    assert lesson.steps[1].sentence in said
    label = page.get_attribute("[data-item=n0]", "aria-label")
    assert label == "w, value 0.8000, gradient not yet computed"
    assert page.evaluate(UNNAMED) == []
    page.focus("[data-item=n0]")
    page.keyboard.press("End")
    assert "−0.4650" in page.get_attribute("[data-item=n0]", "aria-label")
    assert page.evaluate("document.activeElement.dataset.item") == "n0"


@pytest.mark.slow
def test_nothing_moves_for_those_who_do_not_want_it(opened):
    _, page = opened("neuron", "step=3")
    assert page.evaluate("document.getAnimations().length") == 0


@pytest.mark.slow
def test_numbers_travel_along_the_arrows_for_everybody_else(opened):
    _, page = opened("neuron", "step=3", reduced_motion="no-preference")
    moving = page.evaluate("""() => {  // counted at once: on a busy machine they are over before a second question
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
        return document.getAnimations().length;
    }""")
    assert moving > 0


TIP = """() => {
    const x = Number(document.querySelector(".point").getAttribute("points").split(",")[0]);
    const border = document.querySelector(".target [data-part=border]");
    const [left, width] = ["x", "width"].map((name) => Number(border.getAttribute(name)));
    return left - 2 <= x && x <= left + width + 2;
}"""


@pytest.mark.slow
def test_on_the_way_back_the_tip_of_an_arrow_is_at_the_card_that_gets_the_gradient(opened):
    lesson, page = opened()
    for k, step in enumerate(lesson.steps):
        if len(step.arrows) == 1 and len(step.targets) == 1:
            reach(page, k + 1)
            assert page.evaluate(TIP), step.title


def test_paper_gets_the_end_and_all_steps_and_no_controls(opened):
    lesson, page = opened("neuron", "step=2&theme=dark")
    page.emulate_media(media="print")
    wait(page, len(lesson.steps))
    assert page.evaluate(STATE)["shown"] == len(lesson.steps)
    assert not page.locator(".bar").is_visible()
    assert not page.locator("#theme").is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(29, 35, 48)"
    page.emulate_media(media="screen")
    wait(page, 2)
    assert len(page.pdf()) > 10_000


@pytest.mark.slow
def test_a_phone_needs_no_scrolling_sideways_and_keeps_the_buttons_in_reach(opened):
    for name in ("neuron", "arrays"):
        _, page = opened(name, "step=9", has_touch=True)
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        for target in ("#next", ".target"):
            box = page.locator(target).first.bounding_box()
            assert 0 <= box["x"] <= 391 - box["width"], (name, target)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        assert page.locator("#next").bounding_box()["y"] >= 0


def test_an_update_says_which_numbers_are_from_before_it(opened):
    lesson, page = opened("neuron", "step=99")
    steps, fed = lesson.steps, {arrow.head for arrow in lesson.view.arrows}
    changed = {(change.card, change.what) for step in steps if step.phase == "update" for change in step.changes}
    for i, _ in enumerate(lesson.view.cards):
        for what in ("value", "gradient"):
            for mark in page.locator(f"[data-item=n{i}] text[data-part={what}]").all():
                pale = "before" in mark.get_attribute("class").split()
                assert pale == ((i, what) not in changed and (what == "gradient" or i in fed)), (i, what)
    assert page.locator(".current .mixed").is_visible()
    assert "before the step" in page.locator(f"[data-item=n{len(lesson.view.cards) - 1}]").get_attribute("aria-label")
    page.keyboard.press("ArrowLeft")
    assert page.locator(".before").count() == 0


@pytest.mark.slow
def test_a_step_without_a_line_says_so(opened):
    lesson, page = opened("neuron")
    for k, step in enumerate(lesson.steps):
        reach(page, k + 1)
        assert page.locator("#unmarked").is_visible() == (not step.lines)


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 500, 700, 900, 1000, 1100, 1280])
def test_what_stands_at_the_end_of_the_bar_stays_together(opened, width):
    _, page = opened("neuron", "step=9")
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.evaluate("document.getElementById('whole').hidden = false")
    tops = [page.locator(name).bounding_box() for name in ("#where", "#speed", "#whole")]
    middles = [box["y"] + box["height"] / 2 for box in tops]
    assert max(middles) - min(middles) < 3


@pytest.mark.slow
def test_names_that_are_markup_run_nothing(visit, tmp_path):
    path = tmp_path / "hostile.html"
    path.write_text(page_of(lessons.hostile(HOSTILE[:6] + HOSTILE[27:40]), engine="built-in"), encoding="utf-8")
    page = visit(path, reduced_motion="reduce").page
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    assert page.evaluate("document.scripts.length") == 2
    assert page.locator("img").count() == 0


@pytest.mark.slow
def test_the_page_plays_in_a_frame_of_a_notebook(visit, saved, tmp_path):
    text = saved("neuron")[1].read_text(encoding="utf-8")
    path = tmp_path / "frame.html"
    path.write_text(f'<iframe sandbox="allow-scripts" width=1000 height=700 srcdoc="{html.escape(text)}"></iframe>')
    visited = visit(path)
    frame = visited.page.frame_locator("iframe")
    frame.locator("#next").click()
    assert frame.locator("#where").text_content().startswith("Step 2 of")
    visited.requests = [url for url in visited.requests if url != "about:srcdoc"]


@pytest.mark.slow
def test_without_a_script_everything_is_there(saved, visit):
    lesson, path = saved("neuron")
    page = visit(path, java_script_enabled=False).page
    assert page.locator(".step:visible").count() == len(lesson.steps)
    assert page.locator(".bar:visible").count() == 0
    assert "−0.4650" in page.locator("[data-item=n0]").text_content()


PRESSED = [("ArrowRight", 60), ("End", 1), ("ArrowLeft", 60), ("Home", 1)]

TIMED = """([key, times]) => {
    const found = [];
    for (let k = 0; k < times; k++) {
        const start = performance.now();
        document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
        found.push(performance.now() - start);
    }
    return found.sort((a, b) => a - b)[Math.floor(times / 2)];
}"""

MOVED = "() => { const s = document.getElementById('slider'); s.value = 700; s.dispatchEvent(new Event('input')); }"


@pytest.mark.slow
def test_a_thousand_steps_are_quick(opened):
    lesson, page = opened("long_one", reduced_motion="no-preference")
    took = {key: page.evaluate(TIMED, [key, n]) for key, n in PRESSED}
    assert max(took["ArrowRight"], took["ArrowLeft"]) < 50, took
    assert max(took["End"], took["Home"]) < 300, took  # 40 on a quiet machine
    page.evaluate(MOVED)
    check(lesson, page.evaluate(STATE), 699)
    page.focus("#slider")
    page.keyboard.press("ArrowRight")
    assert where(page) == 701


@pytest.mark.slow
def test_nan_and_infinities_have_signs_once_they_are_known(opened):
    lesson, page = opened("not_finite")
    product = next(step.targets[0] for step in lesson.steps if step.title.endswith("* 2"))
    cells = f"[data-item=n{product}] [data-part=heat-value]"
    signs, alarm = page.locator(f"{cells}:is(text)"), page.locator(f"[data-item=n{product}] [data-part=alarm]").first
    assert signs.all_text_contents() == ["×", "▲"]
    assert not signs.first.is_visible()
    assert not alarm.is_visible()
    page.keyboard.press("ArrowRight")
    assert signs.first.is_visible()
    assert alarm.is_visible()
    assert page.locator(f"{cells}:is(rect)").nth(1).get_attribute("fill") == "#000000"


@pytest.mark.slow
def test_names_are_never_stretched(opened):
    _, page = opened("not_finite")
    name = page.locator("[data-item=n0] [data-part=name]")
    assert name.text_content() == "😀"
    assert name.get_attribute("textLength") is None
