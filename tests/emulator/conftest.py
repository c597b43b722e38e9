"""What AWS would provide: the built folders, Python 3.13, the runtime client, and the services."""

import http.client
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

from local.provision import Clients, create_table
from local.template import translate

ROOT = Path(__file__).parents[2]
BUILD_SECONDS = 300


@pytest.fixture(scope="session")
def python313() -> Path:
    """The interpreter of the runtime; CI must have one, a laptop may lack it."""
    # Never a virtual environment: its packages would hide what a layer lacks.
    candidates = [os.environ.get("PYTHON313"), f"{sys.base_prefix}/bin/python3.13"]
    candidates += [shutil.which("python3.13")]
    candidates += sorted(map(str, Path.home().glob(".pyenv/versions/3.13*/bin/python3.13")))
    probe = (
        "import sys; print(sys.executable);"
        "sys.exit(sys.version_info[:2] != (3, 13) or sys.prefix != sys.base_prefix)"
    )
    for candidate in filter(shutil.which, filter(None, candidates)):
        found = subprocess.run(
            [candidate, "-c", probe], capture_output=True, text=True, check=False
        )
        if found.returncode == 0:
            return Path(found.stdout.strip())
    reason = "no python3.13 in PYTHON313, on PATH or in ~/.pyenv: built functions cannot be run"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def sam() -> Path:
    """The command, which may live in an environment of its own."""
    beside = Path(sys.executable).with_name("sam")
    return Path(os.environ.get("SAM") or shutil.which("sam") or beside)


@pytest.fixture(scope="session")
def emulator_binary(sam: Path) -> Path:
    """The emulator that ships inside aws-sam-cli."""
    if sys.platform != "linux":
        pytest.skip("the runtime interface emulator is a Linux program")
    machine = "arm64" if platform.machine() == "aarch64" else platform.machine()
    inside = f"lib/python3.*/site-packages/samcli/local/rapid/aws-lambda-rie-{machine}"
    return next(sam.resolve().parent.parent.glob(inside))


@pytest.fixture(scope="session")
def built(sam: Path, python313: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `sam build` makes, for this machine's processor, away from .aws-sam."""
    folder = tmp_path_factory.mktemp("sam") / "build"
    environment = os.environ | {
        "AWS_DEFAULT_REGION": "us-east-1",
        "LAYER_PLATFORM": f"manylinux2014_{platform.machine()}",
        "PATH": os.pathsep.join([str(python313.parent), os.environ["PATH"]]),
        "PYTHON313": str(python313),
        "SAM_CLI_TELEMETRY": "0",
    }
    command = [str(sam), "build", "--no-cached", "--build-dir", str(folder)]
    run = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=BUILD_SECONDS,
    )
    assert run.returncode == 0, run.stderr
    return folder


@pytest.fixture(scope="session")
def runtime_client(python313: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """awslambdaric alone, as Lambda has it: nothing else of the environment we test in."""
    folder = tmp_path_factory.mktemp("runtime")
    command = [str(python313), "-m", "pip", "install", "--quiet", "--target", str(folder)]
    pinned = f"awslambdaric=={version('awslambdaric')}"
    subprocess.run([*command, pinned], check=True, stdin=subprocess.DEVNULL)
    return folder


@pytest.fixture(scope="session")
def environment() -> Iterator[dict[str, str]]:
    """The variables of tests/events/env.json, and services that hold what they name."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    cloud = {
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
    }
    # moto keeps its state in the process: another test may have left something in it.
    connection = http.client.HTTPConnection(host, int(port), timeout=10)
    connection.request("POST", "/moto-api/reset")
    connection.getresponse().read()
    connection.close()
    variables = json.loads((ROOT / "tests" / "events" / "env.json").read_text())["Parameters"]
    provide(cloud["AWS_ENDPOINT_URL"], variables)
    yield cloud | variables
    server.stop()


def provide(endpoint: str, variables: dict[str, str]) -> None:
    """The table of the template with what the sample of the stream tells; the bus, the sender.

    And the buckets and queues that the variables name.
    """
    clients = Clients(table=endpoint, services=endpoint)
    table = translate(ROOT / "template.yaml")["Resources"]["Table"]["Properties"]
    create_table(clients["dynamodb"], table, variables["TABLE_NAME"])
    for record in json.loads((ROOT / "tests" / "events" / "publish.json").read_text())["Records"]:
        item = record["dynamodb"]["NewImage"]
        clients["dynamodb"].put_item(TableName=variables["TABLE_NAME"], Item=item)
    clients["events"].create_event_bus(Name=variables["BUS_NAME"])
    for bucket in ("DOCUMENTS_BUCKET", "SEALS_BUCKET"):
        clients["s3"].create_bucket(Bucket=variables[bucket])
    for queue in ("DELIVERIES_URL", "MONTHS_URL"):
        clients["sqs"].create_queue(QueueName=variables[queue].rpartition("/")[2])
    clients["sesv2"].create_email_identity(EmailIdentity=variables["MAIL_FROM"])
