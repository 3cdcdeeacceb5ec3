"""One made-up person, so that a mapping can be looked at before it is used.

The identity number is the example that GB 11643 itself prints.
"""

from collections.abc import Mapping
from typing import Final

SAMPLE: Final[Mapping[str, str]] = {
    "serial": "1",
    "name": "样例某某",
    "id_number": "11010519491231002X",
    "gender": "2",
    "birth_date": "1949-12-31",
    "birth_year": "1949",
    "ethnicity": "01",
    "phone": "13900000000",
    "phone_listed": "13900000000",
    "contact_phone": "13900000000",
    "hukou_address": "山西省太原市阳曲县黄寨镇样例村",
    "village": "样例村",
    "address_detail": "3组12号",
    "political_status": "13",
    "education": "71",
    "labour_capacity": "1",
    "training_intent": "1",
    "training_date": "2027-03",
    "training_place": "3",
    "training_trade": "09",
    "job_intent": "1",
    "job_industry": "C",
    "expected_salary": "3",
    "expected_place": "3",
    "employment_status": "1",
    "monthly_income": "4200",
    "stable_employment": "1",
    "startup_status": "0",
    "transfer_region": "4",
    "employment_form": "1",
    "work_industry": "E",
    "employer": "样例公司",
    "returnee_startup": "0",
    "work_place": "山西省大同市平城区",
    "transfer_date": "2025-05",
    "unemployed_reason": "2",
    "remark": "样例",
}
