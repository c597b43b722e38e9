"""Prints the document as YAML."""

import sys

import yaml

from openapi.document import document

yaml.safe_dump(
    document(), sys.stdout, sort_keys=False, allow_unicode=True, default_flow_style=None, width=100
)
