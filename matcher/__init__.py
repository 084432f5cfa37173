"""The engine of Steget: eligibility, points, plan, verification, explanation. No web, no clock."""
