"""What seats cost and who holds them. For figures.py."""

from fractions import Fraction

from calendar_days import day_share, half_even, monday

PLATFORM = "platform"
CENT = 10000
SEAT_WEEKS = (("seats_zero_session", 4), ("seats_idle", 9))


class Seats:
    def _seats(self, week, number, days):
        company = self.company
        for licence in company.licences:
            if licence.currency != company.currency:
                continue
            total = sum((self._day_price(licence, day) for day in days if licence.first <= day <= licence.last),
                        Fraction(0)) * licence.seats
            total = half_even(total)
            if licence.email in week.people:
                week.people[licence.email].amounts["cost_seats"] += total
            else:
                week.spare += total
        for contract in company.contracts:
            if contract.currency != company.currency:
                continue
            total = Fraction(0)
            for day in days:
                if contract.first <= day <= contract.last:
                    free = max(0, contract.seats - self._held(contract.tool, day, contract.plan))
                    total += free * contract.price * day_share(day, contract.yearly)
            week.spare += half_even(total)
        sunday = days[-1]
        for tool in {licence.tool for licence in company.licences} | {item.tool for item in company.contracts}:
            self._tool(week.tools[tool], week, tool, number, sunday)

    def _held(self, tool, day, plan=None):
        return sum(licence.seats for licence in self.company.licences if licence.tool == tool
                   and plan in (None, licence.plan) and licence.first <= day <= licence.last)

    def _day_price(self, licence, day):
        if licence.price is not None:
            return licence.price * day_share(day, False)
        contract = next((contract for contract in self.company.contracts
                         if (contract.tool, contract.plan) == (licence.tool, licence.plan)
                         and contract.first <= day <= contract.last), None)
        return contract.price * day_share(day, contract.yearly) if contract else Fraction(0)

    def _tool(self, figures, week, tool, number, sunday):
        company = self.company
        figures["seats_held"] = self._held(tool, sunday)
        bought = [contract.seats for contract in company.contracts if contract.tool == tool
                  and contract.plan != PLATFORM and contract.first <= sunday <= contract.last]
        figures["seats_purchased"] = sum(bought) if bought else figures["seats_held"]
        # Seats are counted whether their holder was on Monday's roster or not, as those held are.
        holders = [email for email in company.people if company.licence_on(email, sunday, tool)]
        figures["holders"] = len(holders)
        use = {email: self.active_weeks(("person", email), tool) for email in holders}
        figures["seats_active"] = sum(number in use[email] for email in holders)
        for key, weeks in SEAT_WEEKS:
            long = [email for email in holders
                    if self.licensed_since(email, number, tool) <= monday(number - weeks + 1)]
            figures[key] = sum(not use[email] & set(range(number - weeks + 1, number + 1)) for email in long)
        figures.update(self._prices(tool, sunday, figures))

    def _prices(self, tool, sunday, figures):
        """Prices of a seat and month. Reading: with several contracts the mean over their seats."""
        contracts = [contract for contract in self.company.contracts if contract.tool == tool
                     and contract.plan != PLATFORM and contract.first <= sunday <= contract.last
                     and contract.currency == self.company.currency]
        seats = sum(contract.seats for contract in contracts)
        if not seats:
            return {}
        price = sum(Fraction(contract.price * contract.seats, 12 if contract.yearly else 1)
                    for contract in contracts) / seats
        free = max(0, figures["seats_purchased"] - figures["seats_held"])
        seats = {"seat_month_price": 1, "seats_month_cost": figures["seats_purchased"],
                 "spend_exposed": figures["seats_zero_session"], "spend_reassignable": figures["seats_idle"],
                 "spend_reducible": free + figures["seats_idle"]}
        # Idle spend is made from the price as it is published; what all seats cost is not.
        exact = {"seat_month_price", "seats_month_cost"}
        return {key: half_even(price * count, CENT) if key in exact else half_even(price, CENT) * count
                for key, count in seats.items()}
