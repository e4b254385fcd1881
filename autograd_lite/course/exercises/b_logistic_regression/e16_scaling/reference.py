import numpy as np


def standardise(train, test):
    mu = np.mean(train, axis=0)
    sigma = np.std(train, axis=0)
    sigma = np.where(sigma == 0, 1.0, sigma)
    train_scaled = (train - mu) / sigma
    test_scaled = (test - mu) / sigma
    return train_scaled, test_scaled
