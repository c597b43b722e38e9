"""Where it is kept: one DynamoDB table. The only package that imports pynamodb."""
