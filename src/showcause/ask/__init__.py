"""What is asked of the record, and read from what comes in."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)  # what stands in the stub, when first named
