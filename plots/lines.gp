# Lines in small panels, all on the same axes: a panel per server as a rule, its
# lines in colour and those of all the others in pale grey behind.
#
#     gnuplot -d -c plots/lines.gp results/RUN/charts throughput_by_connections-long
#
# A row of data is a point; what has no figure is a cross at the panel's foot.

name = ARG2
charts = ARG1.'/'
here = ARG0[1:strlen(ARG0) - strlen('lines.gp')]
load charts.name.'.gp'
load here.'palette.gp'
points = charts.name.'.tsv'

# The page: in pixels, as in the .svg.
panels = |panel_titles|
columns = panels <= 3 ? panels : panels == 4 ? 2 : panels <= 9 ? 3 : \
  panels <= 16 ? 4 : 5
lines = (panels + columns - 1) / columns
page_width   = columns == 1 ? 860 : 1180
plot_height  = columns <= 2 ? 290 : columns == 3 ? 200 : 120
label_space  = 64                             # of the y axis, left of all
column_width = (page_width - label_space - 16) / columns
line_height  = plot_height + 50               # its title above, its ticks below
head_height  = 70
foot_height  = 22 + 15 * |notes|
axis_height  = 20                             # what the x axis shows
page_height  = head_height + lines * line_height + axis_height + foot_height
across(x) = real(x) / page_width
down(y)   = 1 - real(y) / page_height

array colour[7] = [blue, vermillion, green, orange, purple, sky, ink]
array filled[7] = [7, 9, 5, 13, 11, 7, 9]
array hollow[7] = [6, 8, 4, 12, 10, 6, 8]
size = columns <= 2 ? 0.8 : columns == 3 ? 0.65 : 0.5

set datafile separator "\t"
set datafile columnheaders
set datafile commentschars ""
set encoding utf8
set border 3 lc rgb grey
set grid x y lc rgb pale lw 0.5 lt 1
set tics nomirror textcolor rgb ink scale 0.5
set key off
if (x_log) { set logscale x }
if (y_log) { set logscale y }
set xrange [x_least:x_most]
set yrange [y_least:y_most]
set xtics () font ',9' offset 0,0.3
do for [i = 1:|x_ticks|] { set xtics add (x_texts[i] x_ticks[i]) }
foot = y_log ? y_least * (y_most / y_least)**0.04 \
             : y_least + (y_most - y_least) * 0.04

# What a row has in a column, if it belongs to the panel, the style and the mark
# that are being drawn.
of_panel(c)      = column('panel') == panel - 1 ? column(c) : NaN
of_style(c, s)   = column('style') == s ? of_panel(c) : NaN
marked(c, s, m)  = strcol('mark') eq m ? of_style(c, s) : NaN
behind(c)        = column('style') == background ? column(c) : NaN
whisker(c)       = strcol('low') eq 'nan' ? NaN : of_panel(c)

do for [format in 'svg png'] {
  load here.'page.gp'
  do for [panel = 1:panels] {
    place = (panel - 1) % columns
    left  = label_space + place * column_width
    upper = head_height + ((panel - 1) / columns) * line_height
    set lmargin at screen across(left + (place > 0 ? 12 : 0))
    set rmargin at screen across(left + column_width - 10)
    set tmargin at screen down(upper + 22)
    set bmargin at screen down(upper + 22 + plot_height)
    if (panel > 1) { unset label }
    set label 1000 panel_titles[panel] font ',11' tc rgb ink \
      at screen across(left + (place > 0 ? 12 : 0)),down(upper + 11)
    if (panel == 1) {
      set label 1001 x_label center font ',10' tc rgb grey \
        at screen 0.5,down(page_height - foot_height - 8)
      set label 1002 y_label center rotate by 90 font ',10' tc rgb grey \
        at screen across(14),down(head_height + lines * line_height / 2.0)
    }
    do for [i = 1:|gap_panels|] {
      if (gap_panels[i] == panel - 1) {
        set label 2000 + i gap_texts[i] left font ',9' tc rgb vermillion \
          at gap_places[i],foot offset 1,1
      }
    }
    set ytics () font ',9' offset 0.3,0
    do for [i = 1:|y_ticks|] {
      set ytics add ((place == 0 ? y_texts[i] : '') y_ticks[i])
    }
    if (panel == 1 && |styles| > 1) {
      set key at screen across(page_width - 24),down(60) right bottom horizontal \
        maxrows 1 samplen 2 width 1 font ',11' textcolor rgb ink
    } else { set key off }

    plot \
      points using (behind('x')):(column('y')) \
        with lines lc rgb pale lw 1 notitle, \
      for [s = 0:|styles| - 1] \
        points using (of_style('x', s)):(column('y')) \
        with lines lc rgb colour[s + 1] lw 1.5 notitle, \
      points using (whisker('x')):(column('y')):(column('low')):(column('high')) \
        with yerrorbars lc rgb ink lw 0.8 pt -1 ps 0.4 notitle, \
      for [s = 0:|styles| - 1] \
        points using (marked('x', s, 'valid')):(column('y')) \
        with points pt filled[s + 1] ps size lc rgb colour[s + 1] notitle, \
      for [s = 0:|styles| - 1] \
        points using (marked('x', s, 'suspect')):(column('y')) \
        with points pt filled[s + 1] ps size lc rgb 'white' notitle, \
      for [s = 0:|styles| - 1] \
        points using (marked('x', s, 'suspect')):(column('y')) \
        with points pt hollow[s + 1] ps size lc rgb colour[s + 1] notitle, \
      for [s = 0:|styles| - 1] \
        points using (marked('x', s, 'missed')):(column('y')) \
        with points pt 4 ps 1.6 * size lc rgb colour[s + 1] notitle, \
      for [s = 0:|styles| - 1] \
        points using (marked('x', s, 'gap')):(foot) \
        with points pt 2 ps 1.2 * size lc rgb vermillion notitle, \
      for [s = 0:|styles| - 1] \
        NaN with linespoints pt filled[s + 1] lc rgb colour[s + 1] \
        title styles[s + 1]
  }
  unset multiplot
}
