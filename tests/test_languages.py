"""Runs of the other language name it, and nothing else of a page changes."""

from __future__ import annotations

import re

import pytest

from handbook.languages import marked


@pytest.mark.parametrize(
    ("language", "html", "expected"),
    [
        ("en", "<p>order 国发〔2018〕33号, then</p>", '<p>order <span lang="zh-CN">国发〔2018〕33号</span>, then</p>'),
        ("en", '<q lang="zh-CN">直销</q> 直销', '<q lang="zh-CN">直销</q> <span lang="zh-CN">直销</span>'),
        ("en", '<a title="直销">x</a><option>直销</option><pre>直销</pre>', None),
        ("en", "<br><img alt='>直销'><!-- 直销 -->", None),
        ("en", '<q lang="zh-CN"><p>one two three</q>', '<q lang="zh-CN"><p><span lang="en">one two three</span></q>'),
        ("zh", "<p>译作administration for market regulation。</p>", '<p>译作<span lang="en">administration for market regulation</span>。</p>'),
        ("zh", "<p>JSON、CSV 和 Excel</p>", None),
        ("en", "a < b 直 &lt;直&gt;", 'a < b <span lang="zh-CN">直</span> &lt;<span lang="zh-CN">直</span>&gt;'),
    ],
)  # fmt: skip
def test_a_run_of_the_other_language_names_it(language: str, html: str, expected: str | None) -> None:
    assert marked(html, language) == (html if expected is None else expected)


@pytest.mark.parametrize("html", ["</p></div>直", "<p <b>直", "<", "<p title='直", "</", "<p/>直"])
def test_broken_html_loses_nothing(html: str) -> None:
    assert re.sub('<span lang="zh-CN">|</span>', "", marked(html, "en")) == html
