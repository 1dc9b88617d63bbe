# A forest plot: head/base of each figure as a point with its interval, on a
# logarithmic axis of changes in per cent, its margin in grey behind. A panel for
# figures of which less is better and one for those of which more is, so that one
# side of "no change" is better for all rows of a panel.
#
#     gnuplot -d -c plots/forest.gp results/RUN/charts

name = 'forest'
charts = ARG1.'/'
here = ARG0[1:strlen(ARG0) - strlen(name.'.gp')]
load charts.name.'.gp'
load here.'palette.gp'
load here.'findings.gp'
rows = charts.name.'.tsv'

# The page: in pixels, as in the .svg. Right of the panels is what they show, in
# words; offsets of texts are in the widths of a character.
panels = |panel_titles|
total_rows = 0
do for [i = 1:panels] { total_rows = total_rows + panel_rows[i] }
row_height   = total_rows > 40 ? 18 : 24
text_size    = total_rows > 40 ? 9 : 10
letter       = text_size * 0.61               # about its width on the page
label_space  = 40 + letter * (cell_width + metric_width + 2)
words_space  = 36 + letter * (change_width + interval_width + 18)
plot_width   = 470
page_width   = label_space + plot_width + words_space
if (page_width < 940) { plot_width = plot_width + 940 - page_width; page_width = 940 }
head_height  = 98
panel_space  = 72                             # its title above, its axis below
foot_height  = 22 + 15 * |notes|
page_height  = head_height + panels * panel_space + row_height * total_rows \
  + foot_height
across(x) = real(x) / page_width
down(y)   = 1 - real(y) / page_height
chars(n)  = n * letter / 7.2                  # of the terminal's own font

set datafile separator "\t"
set datafile columnheaders
set datafile commentschars ""
set encoding utf8
set border 1 lc rgb grey
set grid x lc rgb pale lw 0.5 lt 1
set tics nomirror textcolor rgb ink scale 0.5
unset ytics
set style fill solid 1 noborder
set logscale x
set xrange [x_least:x_most]
set key off
set lmargin at screen across(label_space)
set rmargin at screen across(label_space + plot_width)

# What a row of data has in a column, if it belongs to the panel and the finding
# that are being drawn. Words are empty instead of absent: gnuplot 5.4 crashes on
# a plot of labels none of which has a place.
within(x)  = x < x_least ? x_least : x > x_most ? x_most : x
of_panel(c) = column('panel') == panel - 1 ? column(c) : NaN
has(f)     = strcol('finding') eq finding_names[f]
said(c)    = column('panel') == panel - 1 ? strcol(c) : ''
said_of(c, f) = has(f) ? said(c) : ''
drawn(x)   = x >= x_least && x <= x_most ? x : NaN
point_of(f) = has(f) ? drawn(of_panel('ratio')) : NaN
known(c)   = strlen(strcol(c)) > 0
arrow(f, is_off, text) = has(f) && is_off ? said('panel') eq '' ? '' : text : ''
below(f)   = !known('ratio') ? '' : arrow(f, column('ratio') < x_least, '◀')
above(f)   = !known('ratio') ? '' : arrow(f, column('ratio') > x_most, '▶')

do for [format in 'svg png'] {
  load here.'page.gp'
  upper = head_height
  left = 30
  do for [f = 1:5] {
    if (strlen(legend[f]) > 0) {
      set label 500 + f legend[f] left font ',10' tc rgb ink \
        point pt finding_shape[f] ps 0.85 lc rgb finding_colour[f] \
        at screen across(left),down(72) offset 1.2,-0.15
      left = left + 36 + 6.6 * strlen(legend[f])
    }
  }
  do for [panel = 1:panels] {
    height = row_height * panel_rows[panel]
    top = upper + 34
    set tmargin at screen down(top)
    set bmargin at screen down(top + height)
    if (panel > 1) { unset label }   # drawn once
    set label 1000 panel_titles[panel] font ',12' tc rgb ink \
      at screen across(24),down(top - 12)
    set label 1001 left_means[panel] left font ',10' tc rgb grey \
      at screen across(label_space),down(top - 12)
    set label 1002 right_means[panel] right font ',10' tc rgb grey \
      at screen across(label_space + plot_width),down(top - 12)
    if (panel == 1) {
      set label 1003 'change' left font ',9' tc rgb grey \
        at first x_most,screen down(top - 12) offset 1.6,0
      set label 1004 '95 % interval, %' left font ',9' tc rgb grey \
        at first x_most,screen down(top - 12) \
        offset 1.6 + chars(change_width + 2),0
    }
    set yrange [panel_rows[panel] - 0.5:-0.5]
    set xtics () font ',9' offset 0,0.3
    do for [i = 1:|x_ticks|] { set xtics add (x_texts[i] x_ticks[i]) }
    if (panel == panels) {
      set xlabel x_label font ',10' tc rgb grey offset 0,0.6
    } else { unset xlabel }

    plot \
      rows using (1):(of_panel('row')):(within(column('margin_low'))): \
        (within(column('margin_high'))):(column('row') - 0.5): \
        (column('row') + 0.5) with boxxyerror fc rgb '#EAEAEA' notitle, \
      rows using (1):(of_panel('row') - 0.5):(0):(1) \
        with vectors nohead lc rgb grey lw 1 notitle, \
      rows using (x_least):(column('row')):(said('metric_text')) with labels right \
        offset -1,0 font ','.text_size tc rgb ink notitle, \
      rows using (x_least):(column('row')):(said('cell_text')) with labels right \
        offset -1 - chars(metric_width + 2),0 font ','.text_size tc rgb grey notitle, \
      rows using (x_most):(column('row')):(said('change')) with labels left \
        offset 1.6,0 font ','.text_size tc rgb ink notitle, \
      rows using (x_most):(column('row')):(said('interval')) with labels left \
        offset 1.6 + chars(change_width + 2),0 font ','.text_size \
        tc rgb grey notitle, \
      for [f = 1:5] rows using (x_most):(column('row')):(said_of('said', f)) \
        with labels left \
        offset 1.6 + chars(change_width + interval_width + 4),0 \
        font ','.text_size tc rgb finding_words[f] notitle, \
      rows using (within(of_panel('low'))):(column('row')): \
        (within(column('high')) - within(column('low'))):(0) \
        with vectors nohead lc rgb ink lw 1.2 notitle, \
      for [f = 1:5] rows using (point_of(f)):(column('row')) \
        with points pt finding_shape[f] ps 0.85 lc rgb finding_colour[f] \
        notitle, \
      for [f = 1:5] rows using (x_least):(column('row')): \
        (below(f)) with labels left \
        offset -0.3,0 font ',12' tc rgb finding_colour[f] notitle, \
      for [f = 1:5] rows using (x_most):(column('row')): \
        (above(f)) with labels right \
        offset 0.3,0 font ',12' tc rgb finding_colour[f] notitle
    upper = upper + panel_space + height
  }
  unset multiplot
}
