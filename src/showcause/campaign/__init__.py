"""Many matters under one law: letters out to many bodies, the board, the drafts, the comparison."""

from showcause.campaign.board import Demand, Row, board, counted, folders
from showcause.campaign.bodies import Body, bodies
from showcause.campaign.campaign import HERE, Campaign, Draft, Plan, Written, find, new
from showcause.campaign.compare import Cell, Comparison, Line, compare
from showcause.campaign.printing import board as board_file
from showcause.campaign.printing import board_html, comparison_html, left
from showcause.campaign.printing import comparison as comparison_file
from showcause.campaign.rules import Rule, rules
from showcause.matter.exchange import Going

__all__ = [
    "HERE",
    "Body",
    "Campaign",
    "Cell",
    "Comparison",
    "Demand",
    "Draft",
    "Going",
    "Line",
    "Plan",
    "Row",
    "Rule",
    "Written",
    "board",
    "board_file",
    "board_html",
    "bodies",
    "compare",
    "comparison_file",
    "comparison_html",
    "counted",
    "find",
    "folders",
    "left",
    "new",
    "rules",
]
