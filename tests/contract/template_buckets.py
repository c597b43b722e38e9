"""What is kept in buckets: rules, each of which names what breaks it."""

from collections.abc import Iterator

from tests.contract.template_reading import Resources, listed, of, referred, statements

CLOSED = dict.fromkeys(
    ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"), True
)
# The functions that make papers, and so carry what writes them.
WITH_PAPERS = {"DocumentsFunction", "CloseMonthFunction"}
TAKING_AWAY = {"s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutBucketPolicy", "s3:*"}


def every_bucket_is_private(resources: Resources) -> Iterator[str]:
    """Closed to the public, encrypted, kept with its versions, and only spoken to over TLS."""
    over_tls = set[str]()
    for policy in of(resources, "AWS::S3::BucketPolicy").values():
        for statement in policy["PolicyDocument"]["Statement"]:
            if statement.get("Condition") == {"Bool": {"aws:SecureTransport": "false"}}:
                over_tls |= referred(statement["Resource"])
    for name, bucket in of(resources, "AWS::S3::Bucket").items():
        if bucket.get("PublicAccessBlockConfiguration") != CLOSED:
            yield f"{name}: open"
        if "BucketEncryption" not in bucket:
            yield f"{name}: in clear"
        if bucket.get("VersioningConfiguration") != {"Status": "Enabled"}:
            yield f"{name}: without versions"
        if name not in over_tls:
            yield f"{name}: without TLS"


def what_is_filed_stays(resources: Resources) -> Iterator[str]:
    """Papers outlive the stack, only those on demand leave, and nothing is put twice."""
    for policy in ("DeletionPolicy", "UpdateReplacePolicy"):
        if resources["Documents"].get(policy) != "Retain":
            yield policy
    for rule in resources["Documents"]["Properties"]["LifecycleConfiguration"]["Rules"]:
        ends = {"ExpirationInDays", "NoncurrentVersionExpiration"} & rule.keys()
        if ends and rule.get("Prefix") != "made/":
            yield rule["Id"]
    policy = resources["DocumentsPolicy"]["Properties"]["PolicyDocument"]
    once = {"Null": {"s3:if-none-match": "true"}}
    if not any(each.get("Condition") == once for each in policy["Statement"]):
        yield "put twice"
    for name, statement in statements(resources):
        if statement["Effect"] == "Allow" and TAKING_AWAY & set(listed(statement["Action"])):
            yield name


def only_who_makes_papers_can_write_them(resources: Resources) -> Iterator[str]:
    for name, function in of(resources, "AWS::Lambda::Function").items():
        carries = any("DocumentsLayer" in str(layer) for layer in function["Layers"])
        if carries != (name in WITH_PAPERS):
            yield f"{name}: its layer"
        if carries != ("DOCUMENTS_BUCKET" in str(function.get("Environment"))):
            yield f"{name}: its bucket"
