"""The benchmark models on Ciw, a library for networks of queues, which keeps a record of every visit.

Usage: on_ciw.py MODEL CUSTOMERS SEED; prints one line of JSON.
"""

import json
import sys
import time
from importlib.metadata import version

import ciw
from ciw.dists import Deterministic, Exponential
from ciw.routing import Cycle, Direct, Leave, NetworkRouting, Probabilistic


def queue(rate, workers):
    """Workers that are each busy for a second on average, behind one queue."""
    return ciw.create_network(
        arrival_distributions=[Exponential(rate)],
        service_distributions=[Exponential(1.0)],
        number_of_servers=[workers],
    )


def web():
    """A balancer, eight servers in turn, a cache with nine hits of ten, and a database for the rest.

    Ciw sends a customer to a node only from another one, so the balancer is a node that takes no time.
    """
    servers = list(range(2, 10))
    cache, database = 10, 11
    routers = [
        Cycle(servers),
        *(Direct(cache) for _ in servers),
        Probabilistic([database], [0.1]),
        Leave(),
    ]
    services = [
        Deterministic(0.0),
        *(Exponential(1 / 0.000_7) for _ in servers),
        Deterministic(0.000_1),
        Exponential(1 / 0.004),
    ]
    return ciw.create_network(
        arrival_distributions=[Exponential(8_000.0), *(None for _ in services[1:])],
        service_distributions=services,
        number_of_servers=[float("inf"), *(1 for _ in servers), float("inf"), 4],
        routing=NetworkRouting(routers=routers),
    )


MODELS = {"mm1": lambda: queue(0.9, 1), "mm16": lambda: queue(14.4, 16), "web": web}


def stay(customer):
    """How long a customer was there."""
    visits = customer.data_records
    return visits[-1].exit_date - visits[0].arrival_date


def main():
    _, model, customers, seed = sys.argv
    begin = time.perf_counter()
    ciw.seed(int(seed))
    simulation = ciw.Simulation(MODELS[model]())
    simulation.simulate_until_max_customers(int(customers), method="Complete")
    seconds = time.perf_counter() - begin
    left = simulation.nodes[-1].all_individuals
    print(
        json.dumps(
            {
                "name": "Ciw",
                "version": version("ciw"),
                "model": model,
                "customers": len(left),
                "seconds": seconds,
                "mean": sum(map(stay, left)) / len(left),
            }
        )
    )


main()
