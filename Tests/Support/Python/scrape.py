"""Reads a scrape with Prometheus' own parsers.

Standard input is one JSON object: `text`, and `open` for OpenMetrics. Answers with the families.
"""
import json
import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse_open
from prometheus_client.parser import text_string_to_metric_families as parse_text


def main():
    question = json.load(sys.stdin)
    parse = parse_open if question["open"] else parse_text
    families = [
        {
            "name": family.name,
            "type": family.type,
            "unit": family.unit,
            "help": family.documentation,
            "samples": [
                {"name": s.name, "labels": s.labels, "value": s.value} for s in family.samples
            ],
        }
        for family in parse(question["text"])
    ]
    json.dump({"families": families}, sys.stdout)


if __name__ == "__main__":
    try:
        main()
    except Exception as error:  # every complaint is an answer
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        sys.exit(1)
