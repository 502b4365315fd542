# SPDX-License-Identifier: GPL-2.0-only
# style.gp - what the figures have in common
#
# A figure is drawn for one of two media: the screen (SVG, PNG) or, when the variable
# medium is "paper", for print (PDF), one or two columns wide by the variable columns:
#
#	gnuplot latency.gp
#	gnuplot -e "medium = 'paper'; columns = 2" phases.gp
#
# Colours are those of Okabe and Ito (Color Universal Design, 2008), told apart by
# people who see fewer colours. Nothing is told by colour alone: lines have dashes and
# marks, rows are labelled, in print bars have patterns, so that a figure can be read in
# grey.

if (!exists("medium")) medium = "screen"
if (!exists("columns")) columns = 1
paper = medium eq "paper"
formats = paper ? "pdf" : "svg png"

# Lengths are ems of the medium's font, so that one layout does for all: 7 points on
# paper, where a column is 84 mm and two with their gap are 174 mm; 14 pixels on a screen.
em = paper ? 7.0 : 14.0
width = (paper ? (columns == 1 ? 84 : 174) / 25.4 * 72 : 760) / em

family = "DejaVu Sans"
small_em = paper ? 6.5 / 7 : 12.0 / 14
smaller = sprintf("%s,%g", family, small_em * em)
# What a text takes in that font, on the safe side, as far as its letters are not all wide.
room_for(text) = 0.60 * strlen(text)

# A name too long for the room breaks once, at its last blank that lets the first part in.
last_blank(text, n, room) = n < 2 ? 0 : substr(text, n, n) eq " " && room_for(text[1:n - 1]) <= room ? n : last_blank(text, n - 1, room)
break_at(text, room) = room_for(text) <= room ? 0 : last_blank(text, strlen(text), room)
first_part(text, room) = break_at(text, room) ? text[1:break_at(text, room) - 1] : text
second_part(text, room) = break_at(text, room) ? text[break_at(text, room) + 1:*] : ""

ink = "#222222"
faint = "#dddddd"
target_colour = "#b00020"
thin = paper ? 1.0 : 1.8
thick = paper ? 1.6 : 2.4

array way_colour[8] = ["#0072b2", "#d55e00", "#009e73", "#aa4499", "#56b4e9", "#e69f00", "#000000", "#888888"]
colour_of(row) = way_colour[(row - 1) % 8 + 1]
way_dash(row) = word("1 2 4 3 5 1 2 4", (row - 1) % 8 + 1) + 0
# Disc, square, triangle, diamond, triangle upside down, then the same hollow.
way_mark(row) = word("7 5 9 13 11 6 4 8 12 10", (row - 1) % 10 + 1) + 0
mark_size(format) = format eq "svg" ? 0.4 : format eq "png" ? 1.0 : 0.3

set encoding utf8
set termoption noenhanced
set border 1 linecolor rgb ink
set tics nomirror textcolor rgb ink
set xtics out offset 0, 0.3 scale 0.7
set grid xtics linetype 1 linewidth 0.7 linecolor rgb faint

# Text over lines stands on white.
set style textbox opaque noborder fillcolor rgb "#ffffff" margins 0.3, 0.3

# One medium's terminal, for eval; height in ems. Cairo's PDF counts 96 of its points to
# the inch for letters, hence 0.75.
terminal(format, height) = format eq "pdf" ? \
	sprintf("set terminal pdfcairo noenhanced color size %.3fcm,%.3fcm font '%s,%g' fontscale 0.75 linewidth 0.7 background '#ffffff'", \
		width * em / 72 * 2.54, height * em / 72 * 2.54, family, em) : format eq "svg" ? \
	sprintf("set terminal svg noenhanced size %d,%d font '%s,%g' background '#ffffff'", \
		width * em, height * em, family, em) : \
	sprintf("set terminal pngcairo noenhanced size %d,%d font '%s,%g' fontscale 1.5 linewidth 1.6 background '#ffffff'", \
		2 * width * em, 2 * height * em, family, em)

# The label of the axis of seconds stands so many ems above the lower edge, where gnuplot's
# own place for it differs from terminal to terminal.
axis_label_y = 0.85

# Places of the plot in the picture, all in ems from its edges, for eval.
margins(left, right, top, bottom, height) = \
	sprintf("set lmargin at screen %.5f; set rmargin at screen %.5f; set tmargin at screen %.5f; set bmargin at screen %.5f", \
		left / width, 1 - right / width, 1 - top / height, bottom / height)
