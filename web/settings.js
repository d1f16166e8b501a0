// Data: what a page cannot do without a module.
