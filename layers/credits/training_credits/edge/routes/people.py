"""Signing in, members, codes."""

from http import HTTPStatus

from training_credits.edge import schemas
from training_credits.edge.routes.base import CURSOR, LIMIT, Route

SIGN_IN = Route(
    method="POST",
    path="/v1/sign-ins",
    function="people",
    operation="signIn",
    summary="Join what I am invited to, and learn what awaits me",
    body=schemas.SignIn,
    answer=schemas.SignInAnswer,
    gated=False,
)
ACCEPT_TERMS = Route(
    method="POST",
    path="/v1/terms",
    function="people",
    operation="acceptTerms",
    summary="Accept the terms in force",
    body=schemas.NewAcceptance,
    answer=schemas.NewAcceptance,
    gated=False,
)
INVITE = Route(
    method="POST",
    path="/v1/accounts/{account}/members",
    function="people",
    operation="inviteMember",
    summary="Ask somebody into the account",
    body=schemas.NewMember,
    answer=schemas.MemberAnswer,
    status=HTTPStatus.CREATED,
    keyed=True,
)
REMOVE_MEMBER = Route(
    method="DELETE",
    path="/v1/accounts/{account}/members/{email}",
    function="people",
    operation="removeMember",
    summary="Remove a member, at once, or leave",
    answer=None,
    status=HTTPStatus.NO_CONTENT,
)
NAME_DEPUTY = Route(
    method="PUT",
    path="/v1/accounts/{account}/members/{email}/deputy",
    function="people",
    operation="nameDeputy",
    summary="Let a member decide on requests to the end of a day",
    body=schemas.NewDeputy,
    answer=schemas.MemberAnswer,
)
END_DEPUTY = Route(
    method="DELETE",
    path="/v1/accounts/{account}/members/{email}/deputy",
    function="people",
    operation="endDeputy",
    summary="Let them decide no longer",
    answer=None,
    status=HTTPStatus.NO_CONTENT,
)
ISSUE_CODE = Route(
    method="POST",
    path="/v1/accounts/{account}/codes",
    function="codes",
    operation="issueCode",
    summary="Make a redemption code and see it once",
    body=schemas.NewCode,
    answer=schemas.NewCodeAnswer,
    status=HTTPStatus.CREATED,
    keyed=True,
)
LIST_CODES = Route(
    method="GET",
    path="/v1/accounts/{account}/codes",
    function="codes",
    operation="listCodes",
    summary="The redemption codes of the account, masked",
    answer=schemas.CodeList,
)
ROTATE_CODE = Route(
    method="POST",
    path="/v1/accounts/{account}/codes/{code}/rotations",
    function="codes",
    operation="rotateCode",
    summary="Give a code another text and see it once",
    body=schemas.NewRotation,
    answer=schemas.NewCodeAnswer,
    status=HTTPStatus.CREATED,
    keyed=True,
)
REVOKE_CODE = Route(
    method="DELETE",
    path="/v1/accounts/{account}/codes/{code}",
    function="codes",
    operation="revokeCode",
    summary="End a code, at once",
    answer=None,
    status=HTTPStatus.NO_CONTENT,
)
LIST_USES = Route(
    method="GET",
    path="/v1/accounts/{account}/codes/{code}/uses",
    function="codes",
    operation="listUses",
    summary="Who has used a code, and for what",
    answer=schemas.CodeUseList,
    query=(LIMIT, CURSOR),
)
