"""What does one company spend, owe and promise; what does another life of servers do; what does its price ask?"""

from overbuild.questions.company.answer import company

__all__ = ["company"]
