//! A person built from joint angles, drawn with the tool, the floor and the line of travel.
