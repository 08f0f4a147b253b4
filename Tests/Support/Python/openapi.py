"""Judges an OpenAPI document, and answers by it, with libraries that know nothing of Sallyport.

Reads one JSON object on standard input: `document`, and `exchanges` with what was sent and what came.
Answers with one on standard output: `faults`, a list of sentences.
"""
import json
import sys

from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]
HERE = "urn:document"


def operations(document):
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def closed(value):
    """A copy in which no object may have a member that its schema does not name."""
    if isinstance(value, list):
        return [closed(element) for element in value]
    if not isinstance(value, dict):
        return value
    copy = {name: closed(member) for name, member in value.items()}
    if value.get("type") == "object" and "properties" in value:
        copy.setdefault("additionalProperties", False)
    return copy


def escaped(name):
    return name.replace("~", "~0").replace("/", "~1").replace("%", "%25").replace("{", "%7B").replace("}", "%7D")


class Judge:
    def __init__(self, document):
        self.document = document
        self.faults = []
        registry = Registry().with_resource(
            HERE, Resource(contents=closed(document), specification=DRAFT202012))
        self.validator = lambda pointer: Draft202012Validator(
            {"$ref": HERE + "#/" + "/".join(escaped(step) for step in pointer)},
            registry=registry, format_checker=FormatChecker())

    def fault(self, text):
        self.faults.append(text)

    def resolve(self, value):
        while "$ref" in value:
            target = self.document
            for step in value["$ref"][2:].split("/"):
                target = target[step]
            value = target
        return value

    def check(self, value, pointer, what):
        for error in self.validator(pointer).iter_errors(value):
            self.fault(f"{what}: {error.message[:300]} at {error.json_path}")

    # --- the document alone ---------------------------------------------------------------------

    def document_itself(self):
        for error in OpenAPIV31SpecValidator(self.document).iter_errors():
            self.fault(f"not OpenAPI 3.1: {error.message[:300]} at {list(error.absolute_path)}")
        names = [operation["operationId"] for _, _, operation in operations(self.document)]
        for name in {name for name in names if names.count(name) > 1}:
            self.fault(f"operationId {name} is not unique")
        for path, method, operation in operations(self.document):
            self.operation(path, method, operation, f"{method} {path}")

    def operation(self, path, method, operation, what):
        if not operation.get("summary") or operation["tags"] == ["other"]:
            self.fault(f"{what}: has no summary or no tag of its own")
        if not any(status.startswith(("2", "3")) for status in operation["responses"]):
            self.fault(f"{what}: describes no success")
        body = operation.get("requestBody", {}).get("content", {})
        for kind, media in body.items():
            self.media(media, ["paths", path, method, "requestBody", "content", kind], what)
            required = media["schema"].get("required", [])
            for name in set(required) - set(media.get("example", {})):
                if media["schema"]["properties"][name].get("format") != "password":
                    self.fault(f"{what}: {name} is required and has no example")
        for status, response in operation["responses"].items():
            for kind, media in response.get("content", {}).items():
                pointer = ["paths", path, method, "responses", status, "content", kind]
                self.media(media, pointer, f"{what}, {status}")

    def media(self, media, pointer, what):
        if not media.get("schema"):
            self.fault(f"{what}: {pointer[-1]} is of any shape")
        if "example" in media:
            self.check(media["example"], pointer + ["schema"], f"{what}, its example")

    # --- answers ---------------------------------------------------------------------------------

    def exchange(self, exchange):
        method, path = exchange["method"].lower(), exchange["path"]
        what = f"{exchange['method']} {path} ({exchange['what']}): {exchange['status']}"
        method = "get" if method == "head" else method
        operation = self.document["paths"].get(path, {}).get(method)
        if operation is None:
            self.fault(f"{what}: the document does not name it")
            return
        response = operation["responses"].get(str(exchange["status"]))
        if response is None:
            self.fault(f"{what}: not described: {exchange['body'][:200]}")
            return
        fields = {name.lower(): value for name, value in exchange["fields"]}
        for name, header in response.get("headers", {}).items():
            if self.resolve(header).get("required") and name.lower() not in fields:
                self.fault(f"{what}: lacks {name}")
        pointer = ["paths", path, method, "responses", str(exchange["status"]), "content"]
        self.body(exchange, fields, response.get("content", {}), pointer, what)

    def body(self, exchange, fields, content, pointer, what):
        if not content:
            if exchange["body"]:
                self.fault(f"{what}: has a body that is not described")
            return
        kind = fields.get("content-type", "").split(";")[0].strip()
        if kind not in content:
            self.fault(f"{what}: is {kind or 'of no type'}, described are {list(content)}")
        elif exchange["method"] != "HEAD" and kind.endswith("json"):
            try:
                value = json.loads(exchange["body"])
            except ValueError:
                self.fault(f"{what}: the body is not JSON: {exchange['body'][:200]}")
                return
            self.check(value, pointer + [kind, "schema"], what)


def main():
    question = json.load(sys.stdin)
    judge = Judge(question["document"])
    judge.document_itself()
    for exchange in question["exchanges"]:
        judge.exchange(exchange)
    json.dump({"faults": judge.faults}, sys.stdout)


if __name__ == "__main__":
    main()
