"""The engines that search can run on; each implements `index.engine`."""
