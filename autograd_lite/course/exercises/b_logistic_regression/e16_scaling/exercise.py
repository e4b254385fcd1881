"""Standardisation."""

from autograd_lite.course.authoring import Call, Mistake, Variant, code, edit

DEFINES = ("standardise",)
AFTER = ()


def probes(rng):
    for m, k, n in ((5, 3, 2), (7, 5, 3), (11, 3, 5), (5, 7, 5)):
        scale, middle = rng.uniform(0.2, 4.0, size=n), rng.normal(scale=3.0, size=n)
        train, test = (rng.normal(size=(rows, n)) * scale + middle for rows in (m, k))
        says = f"train is {m}×{n}, test is {k}×{n}"
        if n > 2:
            train[:, 1] = 2.0
            test[:, 1] = rng.normal(size=k) + 3.0
            says += ", one column of train is constant"
        yield Call(
            "standardise", train=train, test=test, says=says, sizes={"m": m, "n": n},
            parts=("train_scaled", "test_scaled"),
        )  # fmt: skip


LOCATES = {"test_scaled": "train_scaled is right, so μ and σ are. Look at what happens to test."}

COLUMNS = "One mean for each feature: what is the shape of μ, and which axis disappears?"
SPREAD = "What is the standard deviation of every column of train_scaled?"
CENTRE = "What is the mean of every column of train_scaled?"
OWN = "Of which data are μ and σ? Would one know them before the test data are there?"
FORMULA = "(x − μ) / σ: which sign, which brackets?"
ZERO = "What is σ of a column that is the same everywhere, and what is to be taken in its place?"
MU, SD = "np.mean(train, axis=0)", "np.std(train, axis=0)"
MEND = "np.where(sigma == 0, 1.0, sigma)"
TRAIN, TEST = "(train - mu) / sigma", "(test - mu) / sigma"
OF_TEST = """
    own_mu = np.mean(test, axis=0)
    own_sigma = np.std(test, axis=0)
    own_sigma = np.where(own_sigma == 0, 1.0, own_sigma)
    return train_scaled, test_scaled"""
RETURN = "\n    return train_scaled, test_scaled"

MISTAKES = [
    Mistake("axis 1", edit("axis=0", "axis=1"), "μ and σ are taken along axis 1, one for every example, which runs "
            "only if there are as many of these as features", COLUMNS),
    Mistake("every row by itself", code('''
import numpy as np


def scaled(A):
    sigma = np.std(A, axis=1, keepdims=True)
    return (A - np.mean(A, axis=1, keepdims=True)) / np.where(sigma == 0, 1.0, sigma)


def standardise(train, test):
    return scaled(train), scaled(test)
'''), "every row is scaled by itself, along axis 1", COLUMNS),
    Mistake("one μ and σ for all", edit(", axis=0", ""), "one mean and one standard deviation are taken of the whole "
            "table, without an axis", COLUMNS, is_factor=True),
    Mistake("one μ for all", edit(MU, "np.mean(train)"), "one mean is taken of the whole table, without an axis",
            COLUMNS, is_factor=True),
    Mistake("one σ for all", edit(SD, "np.std(train)"), "one standard deviation is taken of the whole table, without "
            "an axis", "One for each feature: what is the shape of σ, and which axis disappears?", is_factor=True),
    Mistake("variance", edit("np.std", "np.var"), "it is divided by the variance σ² and not by σ: the root is missing",
            SPREAD, is_factor=True),
    Mistake("root of σ", edit(SD, f"np.sqrt({SD})"), "it is divided by √σ: np.std has taken the root already", SPREAD,
            is_factor=True),
    Mistake("m − 1", edit(SD, "np.std(train, axis=0, ddof=1)"), "σ is computed with m − 1 in the place of m (ddof=1)",
            "Is σ² the mean of (x − μ)², or something larger?", is_factor=True),
    Mistake("sum of squares", edit(SD, "np.sqrt(np.sum((train - mu) ** 2, axis=0))"), "σ is the root of the sum of (x "
            "− μ)², which is not divided by m", SPREAD, is_factor=True),
    Mistake("mean distance", edit(SD, "np.mean(np.abs(train - mu), axis=0)"), "the mean of |x − μ| is taken for σ",
            SPREAD, is_factor=True),
    Mistake("σ without μ", edit(SD, "np.sqrt(np.mean(train**2, axis=0))"), "μ is not subtracted when σ is computed: it "
            "is √ mean(x²)", SPREAD, is_factor=True),
    Mistake("range for σ", edit(SD, "np.ptp(train, axis=0)"), "it is divided by the range, max − min, and not by σ",
            SPREAD, is_factor=True),
    Mistake("largest for σ", edit(SD, "np.max(np.abs(train), axis=0)"), "it is divided by the largest |x| of the "
            "column and not by σ", SPREAD),
    Mistake("median for μ", edit("np.mean(", "np.median("), "the median is taken and not the mean", CENTRE),
    Mistake("from 0 to 1", edit(MU, "np.min(train, axis=0)", SD, "np.ptp(train, axis=0)"), "every column is stretched "
            "from 0 to 1, by its smallest and largest value: another way of scaling", CENTRE),
    Mistake("not centred", edit("(train - mu)", "train", "(test - mu)", "test"), "μ is not subtracted", CENTRE,
            is_factor=True),
    Mistake("not stretched", edit(" / sigma", ""), "it is not divided by σ", SPREAD, is_factor=True),
    Mistake("brackets", edit(TRAIN, "train - mu / sigma", TEST, "test - mu / sigma"), "the brackets are missing: μ / σ "
            "comes first and is then subtracted", FORMULA, is_factor=True),
    Mistake("brackets around μ σ", edit("/ sigma", "* sigma"), "it is multiplied by σ", FORMULA, is_factor=True),
    Mistake("μ added", edit("- mu", "+ mu"), "μ is added and not subtracted", CENTRE, is_factor=True),
    Mistake("μ − x", edit("(train - mu)", "(mu - train)", "(test - mu)", "(mu - test)"), "it is μ − x and not x − μ",
            FORMULA, is_factor=True),
    Mistake("constant column", edit(MEND, "sigma"), "σ = 0 of the constant column is divided by", ZERO, is_factor=True),
    Mistake("nan made 0",
            edit(MEND, "sigma", "return train_scaled, test_scaled",
                "return np.nan_to_num(train_scaled), np.nan_to_num(test_scaled)"), "σ = 0 is divided by, and "
            "np.nan_to_num mends what comes of it: 0 for nan, and 10³⁰⁸ for infinity", ZERO),
    *(
        Mistake(f"{little} added", edit(MEND, f"sigma + {little}"), f"{little} is added to σ, or takes the place of 0: "
                "nothing is divided by 0 then, but a test value in the constant column becomes enormous", ZERO)
        for little in ("1e-5", "1e-6", "1e-7", "1e-8", "1e-9", "1e-10", "1e-12", "1e-15")
    ),
    Mistake("never below 1", edit(MEND, "np.maximum(sigma, 1.0)"), "every σ below 1 is replaced by 1, and not only "
            "those that are 0", ZERO, is_factor=True),
    Mistake("constant column left", edit(MEND, MEND + "\n    mu = np.where(np.ptp(train, axis=0) == 0, 0.0, mu)"),
            "the constant column is left as it was, not centred", "What is (x − μ) / 1 there?"),
    Mistake("constant column 0", edit(MEND, "np.where(sigma == 0, np.inf, sigma)"), "the constant column is set to 0 "
            "in test too", "What is (x − μ) / 1 there, for a test value that is another one?"),
    Mistake("constant column dropped",
            edit("return train_scaled, test_scaled",
                "kept = np.ptp(train, axis=0) > 0\n    return train_scaled[:, kept], test_scaled[:, kept]"),
            "the constant column is left out", "Which shape is asked for?"),
    Mistake("test by itself",
            edit(RETURN, OF_TEST, TEST, TRAIN, RETURN, "\n    test_scaled = (test - own_mu) / own_sigma" + RETURN),
            "test is scaled by its own mean and standard deviation", OWN,
            is_factor=True),
    Mistake("test by its own μ", edit(TEST, "(test - np.mean(test, axis=0)) / sigma"), "the mean of test is subtracted "
            "from test, and not the mean of train", OWN, is_factor=True),
    Mistake("test by its own σ",
            edit(RETURN, OF_TEST, TEST, TRAIN, RETURN, "\n    test_scaled = (test - mu) / own_sigma" + RETURN),
            "test is divided by its own standard deviation, and not by that of train", OWN,
            is_factor=True),
    Mistake("train and test together", edit("train, axis=0", "np.concatenate([train, test]), axis=0"), "μ and σ are "
            "computed from train and test together: test leaks into training", OWN, is_factor=True),
    Mistake("μ and σ of test", edit("train, axis=0", "test, axis=0"), "μ and σ are those of test, for both", OWN,
            is_factor=True),
    Mistake("test as it was", edit(TEST, "test * 1.0"), "test is not scaled, or it is scaled by mean 0 and deviation "
            "1, those of the scaled train", "From which array are μ and σ taken, and when?"),
    Mistake("train as it was", edit(TRAIN, "train * 1.0"), "train is not scaled", CENTRE),
    Mistake("nothing scaled", edit(TRAIN, "train * 1.0", TEST, "test * 1.0"), "both are returned as they came", CENTRE),
    Mistake("only the last column",
            edit(TRAIN, "np.where(np.arange(len(mu)) < len(mu) - 1, train, (train - mu) / sigma)", TEST,
                "np.where(np.arange(len(mu)) < len(mu) - 1, test, (test - mu) / sigma)"), "a loop over the columns "
            "begins with the unscaled array each time, so that only the last column is scaled", "Where is the copy "
            "made, inside the loop or before it?"),
    Mistake("rows of length 1", code('''
import numpy as np


def standardise(train, test):
    return tuple(A / np.sqrt(np.sum(A**2, axis=1, keepdims=True)) for A in (train, test))
'''), "every row is divided by its length: another way of scaling", COLUMNS),
    Mistake("swapped", edit("return train_scaled, test_scaled", "return test_scaled, train_scaled"),
            "test is returned first and train second", "In which order does the exercise ask for them?"),
    Mistake("train twice", edit("return train_scaled, test_scaled", "return train_scaled, train_scaled"),
            "the scaled train is returned twice", "In which order does the exercise ask for them?"),
]  # fmt: skip

VARIANTS = [
    Variant("by hand", edit(SD, "np.sqrt(sum((train - mu) ** 2) / len(train))", MU, "sum(train) / len(train)")),
    Variant("a mask", edit("sigma = np.where(sigma == 0, 1.0, sigma)", "sigma[sigma == 0] = 1")),
    Variant("a constant column by its range", edit(MEND, "sigma + (np.ptp(train, axis=0) == 0)")),
    Variant("a loop", code('''
import numpy as np


def standardise(train, test):
    a, c = train.astype(float), test.astype(float)
    for j in range(train.shape[1]):
        column = [float(x) for x in train[:, j]]
        mean = sum(column) / len(column)
        spread = (sum((x - mean) ** 2 for x in column) / len(column)) ** 0.5
        if spread == 0:
            spread = 1.0
        a[:, j] = (a[:, j] - mean) / spread
        c[:, j] = (c[:, j] - mean) / spread
    return a, c
''')),
]  # fmt: skip
