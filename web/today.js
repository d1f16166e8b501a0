// The map writes into the fields of the list.
