"""Structured logs and metrics; what is logged never holds a body, a code or a token."""

import warnings
from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

Handler = Callable[[dict[str, Any], Any], dict[str, Any]]
NAMESPACE = "TrainingCredits"
# A request that counts nothing is normal.
warnings.filterwarnings("ignore", message="No application metrics to publish")
logger = Logger(service="training-credits")
metrics = Metrics(namespace=NAMESPACE, service="training-credits")


def count(name: str, value: int = 1) -> None:
    """Add to a counter of this invocation."""
    metrics.add_metric(name=name, unit=MetricUnit.Count, value=value)


def observed(handler: Handler) -> Handler:
    """A Lambda handler with its request id in every log line and its metrics flushed."""
    counted: Handler = metrics.log_metrics(handler)
    return logger.inject_lambda_context(clear_state=True)(counted)
