"""The engines that search can run on; each implements `index.backend`, and `registry` chooses one."""
