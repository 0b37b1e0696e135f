"""The skeleton of a new regime: every required aspect a section, what has to be written says TODO, each line explained."""

from __future__ import annotations

from datetime import date

from handbook.drafts.propose import TODO
from handbook.drafts.yaml import scalar
from handbook.model import Vocabulary


def skeleton(
    vocabulary: Vocabulary, id_: str, number: int, category: str, title_zh: str, title_en: str, today: date
) -> str:
    """A regime to be filled in from the issued text, as YAML with comments in both languages."""
    head = f"""\
# yaml-language-server: $schema=_schema/regime.schema.json
# 新制度的骨架：照原文填写，TODO 处都要写成；再运行 handbook check，它逐处指出还缺什么。每个键的说明见 README.md。
# The skeleton of a new regime: fill it in from the issued text, write what says TODO, then run handbook check, which points to what
# is missing. Every key is explained in README.md.
id: {scalar(id_)}
number: {number}
category: {scalar(category)}
title:                          # 标题，不含序号 | the title without its number
  zh: {scalar(title_zh)}
  en: {scalar(title_en)}
verified:
  on: {today}
  by: {TODO}                      # 由谁与原文核对 | who checked it against the source
sections:                       # 照原文的节次和标题；多余的删去 | the sections and headings of the source; delete what it does not have
"""
    required = [(word, aspect) for word, aspect in vocabulary.aspects.items() if aspect.required]
    sections = "".join(
        f"""\
  - number: {place}
    heading:                    # “{aspect.zh}”一节的标题，不含序号 | the heading on {aspect.en.lower()}, without its number
      zh: {TODO}
      en: {TODO}
    aspects: [{word}]
    clauses:                    # 原文一段一条，逐字；有序号的写 marker | one clause a paragraph, letter for letter; its number under marker
      - zh: {TODO}
        en: {TODO}
"""
        for place, (word, aspect) in enumerate(required, start=1)
    )
    foot = """\
# 没有标题载明的要素：删去上面相应的一节，写在这里 | an aspect no heading states: delete its section above and declare it here
# unstated_aspects:
#   procedure:
#     drawn_from: [s2]
#     note: {zh: 原文未单列程序一节；此处由第二节归纳。, en: The source has no section on procedure; drawn from section II.}
"""
    return head + sections + foot
