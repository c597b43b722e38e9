"""What somebody would try, and what they get: T1 to T24 of the threats, where they have no test
beside what they attack.
"""
