"""Epochs of ``fit`` on shuffled batches. Run by run.py in a process of its own: ``python fits.py CONTENDER EPOCHS``.

The first epoch is not shuffled and not timed: its mean cost must be the same for all. Keras' own
backend is chosen by KERAS_BACKEND.
"""

import json
import os
import sys
import time

from tasks import BETA_1, BETA_2, EPSILON, Unavailable, chosen

TASK = chosen("fullbatch", "adam", "float32")
BATCH = 32


def clock(base):
    """A callback of this library that takes the time of each epoch."""

    class Clock(base):
        """Seconds of every epoch."""

        def __init__(self):
            super().__init__()
            self.seconds = []

        def on_epoch_begin(self, epoch, logs=None):
            self.begun = time.perf_counter()

        def on_epoch_end(self, epoch, logs=None):
            self.seconds.append(time.perf_counter() - self.begun)

    return Clock()


def ours(name):
    """Our model, its data and a clock."""
    from contenders.ours import eagerly, model_of

    from autograd_lite import Sequential
    from autograd_lite.callbacks import Callback

    if name == "program" and not hasattr(Sequential, "train_program"):
        raise Unavailable("this autograd_lite has no Sequential.train_program")
    return *model_of(TASK, **(eagerly() if name == "eager" else {})), clock(Callback)


def with_keras():
    """The same model in Keras."""
    if os.environ["KERAS_BACKEND"] == "torch":
        import torch

        torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    import keras

    X, y, weights = TASK.start()
    layers = [keras.layers.Dense(units, activation="sigmoid") for units in TASK.sizes[1:]]
    model = keras.Sequential([keras.Input(shape=TASK.sizes[:1]), *layers])
    model.set_weights(weights)
    adam = keras.optimizers.Adam(TASK.rate, beta_1=BETA_1, beta_2=BETA_2, epsilon=EPSILON)
    model.compile(loss=keras.losses.BinaryCrossentropy(), optimizer=adam)
    return model, X, y, clock(keras.callbacks.Callback)


def main():
    name, epochs = sys.argv[1], int(sys.argv[2])
    try:
        model, X, y, times = with_keras() if name.startswith("keras") else ours(name)
    except (ImportError, Unavailable) as missing:
        print(json.dumps({"unavailable": str(missing)}))
        return
    first = model.fit(X, y, batch_size=BATCH, epochs=1, shuffle=False, verbose=0).history["loss"]
    model.fit(X, y, batch_size=BATCH, epochs=epochs, shuffle=True, verbose=0, callbacks=[times])
    print(json.dumps({"costs": [float(first[0])], "seconds": times.seconds[1:]}))


if __name__ == "__main__":
    main()
