"""Structured logs and metrics; what is logged never holds a body, a code or a token."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

NAMESPACE = "TrainingCredits"
logger = Logger(service="training-credits")
metrics = Metrics(namespace=NAMESPACE, service="training-credits")


def count(name: str, value: int = 1) -> None:
    """Add to a counter of this invocation."""
    metrics.add_metric(name=name, unit=MetricUnit.Count, value=value)


def observed(handler: Any) -> Any:
    """A Lambda handler with its request id in every log line and its metrics flushed."""
    return logger.inject_lambda_context(clear_state=True)(metrics.log_metrics(handler))
