"""From template.yaml to plain CloudFormation, offline. `python -m local.template` prints it."""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from samtranslator.translator.managed_policy_translator import ManagedPolicyLoader
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

ROOT = Path(__file__).parent.parent
TEMPLATE = ROOT / "template.yaml"
REGION = "us-east-1"
CODE_BUCKET = "local"
# Which property of which type names a folder that `sam build` would have packed and uploaded.
CODE_PROPERTIES = {
    "AWS::Serverless::Function": "CodeUri",
    "AWS::Serverless::LayerVersion": "ContentUri",
}


class _NoManagedPolicies(ManagedPolicyLoader):  # type: ignore[misc]  # samtranslator is untyped
    """Policies are written out in our template, so IAM need not be asked for its list."""

    def __init__(self) -> None:
        super().__init__(None)

    def load(self) -> dict[str, str]:
        return {}


def translate(path: Path = TEMPLATE, parameters: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Plain CloudFormation, intrinsics kept. A local folder becomes s3://local/<folder>.

    `parameters` become the defaults, so that whoever reads the result resolves what was asked.
    """
    template = yaml_parse(path.read_text(encoding="utf-8"))
    _name_code_by_folder(template)
    _override(template, parameters or {})
    os.environ.setdefault("AWS_DEFAULT_REGION", REGION)
    result: dict[str, Any] = transform(template, {}, _NoManagedPolicies(), None, True)  # noqa: FBT003  # positional in SAM's own signature
    return result


def _name_code_by_folder(template: dict[str, Any]) -> None:
    for resource in template["Resources"].values():
        name = CODE_PROPERTIES.get(resource["Type"])
        folder = resource.get("Properties", {}).get(name)
        if isinstance(folder, str) and not folder.startswith("s3://"):
            resource["Properties"][name] = f"s3://{CODE_BUCKET}/{folder.strip('./')}"


def _override(template: dict[str, Any], parameters: Mapping[str, str]) -> None:
    declared = template.get("Parameters", {})
    unknown = sorted(set(parameters) - set(declared))
    if unknown:
        raise KeyError(f"template has no parameter {', '.join(unknown)}")
    for name, value in parameters.items():
        declared[name]["Default"] = value


if __name__ == "__main__":
    json.dump(translate(), sys.stdout, indent=2)
