// Measures the slides of a page that Marp made with its bare template. What is wrong
// with them becomes the text of an element "measured", a line each.
"use strict";

const SMALLEST = 26.6; // px, which is 20 pt
const MOST_WORDS = 40, MOST_LINES = 18;

// The part of the page that the slide shows is what its picture's scale makes of it.
function scaleOf(section) {
    return section.getBoundingClientRect().width / section.offsetWidth;
}

function leaving(section) {
    const frame = section.getBoundingClientRect();
    return [...section.querySelectorAll("*")].filter(element => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && (box.right > frame.right + 1 || box.bottom > frame.bottom + 1
            || box.left < frame.left - 1 || box.top < frame.top - 1);
    });
}

function texts(section) {
    const walker = document.createTreeWalker(section, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode())
        if (walker.currentNode.data.trim() && !walker.currentNode.parentElement.closest("style, script, desc, title"))
            found.push(walker.currentNode);
    return found;
}

// In a drawing the size is that of its own units: what it is drawn with counts.
function sizeOf(text) {
    const element = text.parentElement, svg = element.closest(".picture svg");
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (!svg)
        return size;
    const matrix = element.getScreenCTM();
    return size * matrix.a / scaleOf(element.closest("section"));
}

function tooSmall(section) {
    return texts(section).filter(text => sizeOf(text) < SMALLEST);
}

function wordsOf(section) {
    return texts(section).filter(text => !text.parentElement.closest("pre, table, .lanes, .picture"))
        .flatMap(text => text.data.trim().split(/\s+/)).length;
}

function linesOf(section) {
    return [...section.querySelectorAll("pre")].reduce((sum, pre) => sum + pre.textContent.trimEnd().split("\n").length, 0);
}

function complaints(section) {
    const out = leaving(section), small = tooSmall(section), words = wordsOf(section), lines = linesOf(section);
    const wide = [...section.querySelectorAll("pre, .step")].filter(box => box.scrollWidth > box.clientWidth + 1);
    return [
        out.length && `${out[out.length - 1].tagName.toLowerCase()} leaves the slide: ${out[out.length - 1].textContent.trim().slice(0, 40)}`,
        wide.length && `a line is too long: ${wide[0].textContent.split("\n").sort((a, b) => b.length - a.length)[0].slice(0, 80)}`,
        small.length && `too small (${Math.round(sizeOf(small[0]))} px): ${small[0].data.trim().slice(0, 40)}`,
        words > MOST_WORDS && `${words} words`,
        lines > MOST_LINES && `${lines} lines of code`,
    ].filter(Boolean);
}

const result = [...document.querySelectorAll("section")].flatMap((section, i) =>
    complaints(section).map(text => `slide ${i + 1}: ${text.replace(/\n/g, " ")}`));
const measured = document.createElement("pre");
measured.id = "measured";
measured.textContent = `\n${result.join("\n")}\n`;
document.body.append(measured);
