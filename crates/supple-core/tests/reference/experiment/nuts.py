"""The analysis of an experiment on oneself, sampled: reference values for tests/it/experiments.rs.

    pip install numpyro==0.22.0
    python nuts.py > nuts.json           the data sets beside this file; made first if they are not there

The model is that of docs/model.md §7, written down from there and not from the engine: a covariance matrix of the errors
for each place of the grid, no turning of rows. Correlation and spread stand on a grid in the model itself, so they are
summed out in the likelihood; shared gain, difference and carry-over are sampled.
"""

import csv
import json
import pathlib
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from jax.scipy.special import logsumexp
from numpyro.diagnostics import summary
from numpyro.infer import MCMC, NUTS

numpyro.set_host_device_count(2)
jax.config.update("jax_enable_x64", True)
HERE = pathlib.Path(__file__).parent

WORTH_HAVING, SPREAD = 1.0, 1.1
CORRELATIONS = [(0.0, 0.0), (0.3, 0.3), (0.7, 0.3), (0.3, 0.6), (0.7, 0.6)]
SCALES = [0.55, 0.74, 1.0, 1.35, 1.82]
DIFFERENCE_SD = 2 / 1.6448536269514727 * WORTH_HAVING


def make(name, sessions, seed, difference, carry, per_day, share, scale):
    """Somebody who keeps two days of three; a tenth of the readings with half the trials."""
    chance = np.random.default_rng(seed)
    hours = np.cumsum(24.0 * (1 + (chance.random(sessions) < 1 / 3)) + chance.normal(0, 1.5, sessions))
    hours = np.round(hours - hours[0], 2)
    arms = np.concatenate([chance.permutation(2) for _ in range(sessions // 2)])
    error = np.where(chance.random(sessions) < 0.1, 2.0, 1.0)
    apart = np.abs(hours[:, None] - hours[None, :]) / 24
    covariance = (scale * SPREAD) ** 2 * (share * per_day**apart + (1 - share) * np.diag(error))
    x = 0.5 - arms
    before = np.concatenate([[0.0], x[:-1]])
    gain = 0.8 + difference * x + carry * before + np.linalg.cholesky(covariance) @ chance.normal(size=sessions)
    with open(HERE / f"{name}.csv", "w") as file:
        print("hours,arm,gain,error", file=file)
        for row in zip(hours, arms, np.round(gain, 4), error):
            print(*row, sep=",", file=file)


def read(file):
    rows = list(csv.DictReader(open(file)))
    return [np.array([float(row[column]) for row in rows]) for column in ["hours", "arm", "gain", "error"]]


def model(hours, arm, gain, error):
    x = 0.5 - arm
    before = jnp.concatenate([jnp.zeros(1), x[:-1]])
    shared = numpyro.sample("shared", dist.Normal(0, 30 * SPREAD))
    difference = numpyro.sample("difference", dist.Normal(0, DIFFERENCE_SD))
    carry = numpyro.sample("carry", dist.Normal(0, 0.5 * WORTH_HAVING))
    off = gain - (shared + difference * x + carry * before)
    apart = jnp.abs(hours[:, None] - hours[None, :]) / 24
    places = []
    for per_day, share in CORRELATIONS:
        alike = share * per_day**apart if share > 0 else jnp.zeros_like(apart)
        root = jnp.linalg.cholesky(alike + (1 - share) * jnp.diag(error))
        for scale in SCALES:
            normal = dist.MultivariateNormal(0.0, scale_tril=scale * SPREAD * root)
            places.append(normal.log_prob(off) - 0.5 * (jnp.log(scale) / 0.3) ** 2)
    numpyro.factor("gains", logsumexp(jnp.array(places)))


DATA = {"twelve": (12, 1, 1.5, 0.2, 0.3, 0.3, 1.0), "thirty_eight": (38, 2, 0.4, -0.3, 0.7, 0.6, 1.35)}
found = {}
for name, person in DATA.items():
    if not (HERE / f"{name}.csv").exists():
        make(name, *person)
    data = read(HERE / f"{name}.csv")
    mcmc = MCMC(NUTS(model, target_accept_prob=0.9, dense_mass=True), num_warmup=2000, num_samples=20000, num_chains=2,
                progress_bar=False)
    begun = time.perf_counter()
    mcmc.run(jax.random.PRNGKey(20261123), *data)
    draws = mcmc.get_samples()
    draws["difference"].block_until_ready()
    seconds = time.perf_counter() - begun
    table = summary(mcmc.get_samples(group_by_chain=True), prob=0.9)["difference"]
    difference = draws["difference"]
    found[name] = {
        "seconds": round(seconds, 1),
        "mean": round(float(difference.mean()), 5),
        "sd": round(float(difference.std()), 5),
        "first": round(float((difference > WORTH_HAVING).mean()), 5),
        "second": round(float((difference < -WORTH_HAVING).mean()), 5),
        "ess": round(float(table["n_eff"])),
        "r_hat": round(float(table["r_hat"]), 5),
    }
json.dump(found, sys.stdout, indent=1)
print()
