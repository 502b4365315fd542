# SPDX-License-Identifier: GPL-2.0-only
# style.gp - what the figures have in common
#
# Colours are those of Okabe and Ito (Color Universal Design, 2008), told apart by
# people who see fewer colours; dashes differ too, and rows and bars are labelled,
# so that a figure can be read in grey.

set encoding utf8
set termoption noenhanced

ink = "#222222"
faint = "#dddddd"
soft = "#666666"
target_colour = "#b00020"

array way_colour[8] = ["#0072b2", "#d55e00", "#009e73", "#aa4499", "#56b4e9", "#e69f00", "#000000", "#888888"]
colour_of(row) = way_colour[(row - 1) % 8 + 1]
way_dash(row) = word("1 2 4 3 5 1 2 4", (row - 1) % 8 + 1) + 0

set border 1 linecolor rgb ink
set tics nomirror textcolor rgb ink
set xtics out
set grid xtics linetype 1 linewidth 0.7 linecolor rgb faint

# Text over lines stands on white.
set style textbox opaque noborder fillcolor rgb "#ffffff" margins 0.3, 0.3

width = 760

# One drawing as SVG, one as PNG: terminal(format, width, height), for eval.
terminal(format, width, height) = format eq "svg" ? \
	sprintf("set terminal svg noenhanced size %d,%d font 'DejaVu Sans,14' background '#ffffff'", width, height) : \
	sprintf("set terminal pngcairo noenhanced size %d,%d font 'DejaVu Sans,14' fontscale 1.5 linewidth 1.6 background '#ffffff'", 2 * width, 2 * height)
