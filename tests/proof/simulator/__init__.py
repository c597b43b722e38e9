"""Seeds: months of three tenants each, under faults, beside a model that has not seen the code."""
