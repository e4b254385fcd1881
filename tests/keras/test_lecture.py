"""The lecture's TensorFlow code, with `tensorflow.keras` replaced by `autograd_lite` in its imports."""

import numpy as np
import pytest

LECTURE = """
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Dense
from tensorflow.keras.losses import BinaryCrossentropy, MeanSquaredError

# 1. specify the model
model = Sequential([
    Dense(units=25, activation="sigmoid"),
    Dense(units=15, activation="sigmoid"),
    Dense(units=1, activation="sigmoid"),
])

# 2. specify loss and cost
model.compile(loss=BinaryCrossentropy())

# 3. train
history = model.fit(X, y, epochs=100)

model.summary()
probabilities = model.predict(X)
decisions = (probabilities >= 0.5).astype(int)

W1, b1 = model.layers[0].get_weights()

regression = Sequential([Dense(units=1)])
regression.compile(loss=MeanSquaredError())
regression.fit(X, y, epochs=100)
"""


@pytest.fixture(scope="module")
def lecture(request):
    from autograd_lite.datasets import digits

    X, y = digits(classes=(0, 1))
    names = {"X": X, "y": y}
    exec(LECTURE.replace("tensorflow.keras", "autograd_lite"), names)
    return names


def test_the_lectures_code_trains_a_network_that_tells_zeros_from_ones(lecture):
    assert np.mean(lecture["decisions"][:, 0] == lecture["y"]) >= 0.99


def test_the_cost_falls_over_a_hundred_epochs(lecture):
    costs = lecture["history"].history["loss"]
    assert len(costs) == 100
    assert costs[-1] < 0.1 * costs[0]


def test_keras_default_optimizer_is_meant_when_none_is_named(lecture):
    assert type(lecture["model"].optimizer).__name__ == "RMSprop"


def test_predictions_and_weights_have_keras_shapes(lecture):
    assert lecture["probabilities"].shape == (len(lecture["y"]), 1)
    assert lecture["W1"].shape == (64, 25)
    assert lecture["b1"].shape == (25,)


def test_the_summary_shows_layers_shapes_and_weights(lecture, capsys):
    lecture["model"].summary()
    text = capsys.readouterr().out
    for expected in ("dense_1", "(m, 25)", "1,625", "390", "2,031", "RMSprop", "BinaryCrossentropy"):
        assert expected in text


def test_other_spellings_of_the_same_imports_work():
    import autograd_lite as keras
    from autograd_lite.activations import sigmoid
    from autograd_lite.models import Sequential
    from autograd_lite.optimizers import Adam

    model = Sequential(
        [
            keras.Input(shape=(3,)),
            keras.layers.Dense(4, activation=sigmoid, name="layer1"),
            keras.layers.Dense(2, activation="softmax"),
        ]
    )
    model.compile(
        loss=keras.losses.SparseCategoricalCrossentropy(), optimizer=Adam(learning_rate=0.01), metrics=["accuracy"]
    )
    model.fit(np.eye(3), np.array([0, 1, 1]), epochs=2, batch_size=2, verbose=0)
    assert model.get_layer("layer1").get_weights()[0].shape == (3, 4)
    assert model.get_layer(index=1) is model.layers[1]
