//! The body, front and back: one shape for each region and side, to be tapped, coloured and highlighted.
