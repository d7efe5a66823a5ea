"""The benchmark models on SimPy, a process for each customer as its documentation writes them.

Usage: on_simpy.py MODEL CUSTOMERS SEED; prints one line of JSON.
"""

import json
import random
import sys
import time
from importlib.metadata import version
from itertools import cycle

import simpy


class Stay:
    """How many customers left, and how long all of them stayed."""

    def __init__(self):
        self.customers = 0
        self.seconds = 0.0

    def end(self, env, begin):
        self.customers += 1
        self.seconds += env.now - begin


def arrivals(env, rate, customers, customer):
    """Starts a customer after each random gap."""
    for _ in range(customers):
        yield env.timeout(random.expovariate(rate))
        env.process(customer())


def queue(rate, workers):
    """Workers that are each busy for a second on average, behind one queue."""

    def start(env, customers, stay):
        station = simpy.Resource(env, workers)

        def customer():
            begin = env.now
            with station.request() as turn:
                yield turn
                yield env.timeout(random.expovariate(1.0))
            stay.end(env, begin)

        env.process(arrivals(env, rate, customers, customer))

    return start


def web(env, customers, stay):
    """Eight servers in turn, a cache with nine hits of ten, and a database for the rest."""
    servers = cycle([simpy.Resource(env, 1) for _ in range(8)])
    database = simpy.Resource(env, 4)

    def customer():
        begin = env.now
        with next(servers).request() as turn:
            yield turn
            yield env.timeout(random.expovariate(1 / 0.000_7))
        yield env.timeout(0.000_1)
        if random.random() >= 0.9:
            with database.request() as turn:
                yield turn
                yield env.timeout(random.expovariate(1 / 0.004))
        stay.end(env, begin)

    env.process(arrivals(env, 8_000.0, customers, customer))


MODELS = {"mm1": queue(0.9, 1), "mm16": queue(14.4, 16), "web": web}


def main():
    _, model, customers, seed = sys.argv
    random.seed(int(seed))
    stay = Stay()
    begin = time.perf_counter()
    env = simpy.Environment()
    MODELS[model](env, int(customers), stay)
    env.run()
    seconds = time.perf_counter() - begin
    print(
        json.dumps(
            {
                "name": "SimPy",
                "version": version("simpy"),
                "model": model,
                "customers": stay.customers,
                "seconds": seconds,
                "mean": stay.seconds / stay.customers,
            }
        )
    )


main()
